// The address and the token, kept in this browser alone.

import { addressOf, type Settings } from "./cadet";

/** What is set, or null if anything is missing. */
export async function stored(): Promise<Settings | null> {
  const kept = await chrome.storage.local.get(["address", "token"]);
  const address = typeof kept.address === "string" ? addressOf(kept.address) : null;
  return address && typeof kept.token === "string" && kept.token ? { address, token: kept.token } : null;
}

/** Keeps the settings. */
export async function store(settings: Settings): Promise<void> {
  await chrome.storage.local.set({ address: settings.address, token: settings.token });
}
