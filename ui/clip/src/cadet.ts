// Sending a clip, and what each answer means.

import type { Clip } from "./posting";

/** Where Cadet is, and the token with which it is asked. */
export interface Settings {
  address: string;
  token: string;
}

/** How a clip ended. */
export type Outcome =
  | { state: "saved"; title: string; company: string; url: string; new: boolean }
  | { state: "nothing" }
  | { state: "unset" }
  | { state: "unauthorised"; detail: string }
  | { state: "refused"; detail: string }
  | { state: "unreachable"; address: string }
  | { state: "unreadable" };

/** Longest wait for Cadet's answer, in milliseconds. */
const PATIENCE = 20_000;

/** The address without a slash at its end; null if it is none. */
export function addressOf(text: string): string | null {
  try {
    const url = new URL(text.trim());
    if (!/^https?:$/.test(url.protocol) || url.username || url.password) return null;
    return url.origin + url.pathname.replace(/\/+$/, "");
  } catch {
    return null;
  }
}

/** The pattern by which the browser is asked for the permission to reach an address; ports are no part of patterns. */
export function patternOf(address: string): string {
  const url = new URL(address);
  return `${url.protocol}//${url.hostname}/*`;
}

/** Sends a clip. */
export async function send(settings: Settings, clip: Clip, ask: typeof fetch = fetch): Promise<Outcome> {
  return await answerOf(settings, JSON.stringify(clip), ask);
}

/**
 * Whether the address and the token are right, without clipping anything: an empty clip is refused for what it lacks,
 * and only by a Cadet that took the token.
 */
export async function check(settings: Settings, ask: typeof fetch = fetch): Promise<Outcome> {
  return await answerOf(settings, "{}", ask);
}

async function answerOf(settings: Settings, body: string, ask: typeof fetch): Promise<Outcome> {
  let response: Response;
  try {
    response = await ask(`${settings.address}/api/v1/clips`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${settings.token}` },
      body,
      credentials: "omit",
      redirect: "error",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return { state: "unreachable", address: settings.address };
  }
  const answer: Record<string, unknown> = await response.json().catch(() => ({}));
  const text = (name: string) => (typeof answer[name] === "string" ? (answer[name] as string) : "");
  if (response.status === 401 || response.status === 403) {
    return { state: "unauthorised", detail: text("detail") };
  }
  if (!response.ok) {
    const isCadet = (response.headers.get("content-type") ?? "").includes("problem+json");
    if (!isCadet) return { state: "unreachable", address: settings.address };
    return { state: "refused", detail: text("detail") || `Cadet answered ${response.status}.` };
  }
  if (!text("url")) return { state: "unreachable", address: settings.address };
  return {
    state: "saved",
    title: text("title"),
    company: text("company"),
    url: text("url"),
    new: answer.new === true,
  };
}
