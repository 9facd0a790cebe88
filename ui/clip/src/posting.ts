// From what was read in a page to what is sent to Cadet. Pure.

import type { PageRead } from "./page";

/** What Cadet takes (POST /api/v1/clips). */
export interface Clip {
  url: string;
  posting?: Record<string, unknown>;
  title?: string;
  text?: string;
}

/** The longest title that Cadet takes. */
const LONGEST_TITLE = 300;
/** Objects looked at in one page's data. */
const MOST_OBJECTS = 5_000;

/** The clip of a page, or null if it has no posting and nothing is selected. */
export function clipOf(page: PageRead): Clip | null {
  if (!/^https?:/i.test(page.url)) return null;
  const url = addressOf(page);
  const title = (page.heading || page.title).slice(0, LONGEST_TITLE);
  const postings = page.scripts.flatMap(postingsIn);
  const posting = postings.length > 1 ? matching(postings, page) : postings[0];
  // Whoever selects something means that text, also where the page has data of its own.
  const selected = page.selection.length >= 20 ? page.selection : "";
  if (!posting && !selected) return null;
  return {
    url,
    ...(posting ? { posting } : {}),
    ...(title ? { title } : {}),
    ...(selected ? { text: selected } : {}),
  };
}

/** The page's own name for itself where it is of the same site, without a fragment that only scrolls. */
function addressOf(page: PageRead): string {
  const url = new URL(page.url);
  if (!/[=/]/.test(url.hash)) url.hash = "";
  if (!page.canonical) return url.href;
  try {
    const canonical = new URL(page.canonical, url);
    const deeper = canonical.pathname.length > 1 && canonical.pathname === url.pathname;
    return canonical.origin === url.origin && deeper && !canonical.hash && !url.search
      ? canonical.href
      : url.href;
  } catch {
    return url.href;
  }
}

/** The JobPosting objects of one script, wherever they stand in it. Scripts that are no JSON have none. */
export function postingsIn(script: string): Record<string, unknown>[] {
  const text = script
    .replace(/^\s*(?:<!--|\/\/\s*<!\[CDATA\[|\/\*\s*<!\[CDATA\[\s*\*\/)/, "")
    .replace(/(?:-->|\/\/\s*\]\]>|\/\*\s*\]\]>\s*\*\/)\s*$/, "");
  const data = parse(text);
  const found: Record<string, unknown>[] = [];
  const waiting: unknown[] = [data];
  for (let seen = 0; waiting.length > 0 && seen < MOST_OBJECTS; seen += 1) {
    const value = waiting.shift();
    if (Array.isArray(value)) {
      waiting.push(...value.slice(0, MOST_OBJECTS));
    } else if (isObject(value)) {
      if (isPosting(value)) found.push(value);
      else waiting.push(...Object.values(value).filter((inner) => typeof inner === "object"));
    }
  }
  return found;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      // Raw line breaks within strings are the commonest mistake.
      return JSON.parse(text.replace(/\p{Cc}+/gu, " "));
    } catch {
      return null;
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPosting(value: Record<string, unknown>): boolean {
  const types = [value["@type"]].flat();
  return types.some((type) => typeof type === "string" && /(^|[/:])JobPosting$/.test(type));
}

/** Of several postings of a page, the one that the page is about; none if that is not clear. */
function matching(postings: Record<string, unknown>[], page: PageRead): Record<string, unknown> | undefined {
  const path = new URL(page.url).pathname;
  const isHere = (posting: Record<string, unknown>) => {
    const url = posting.url;
    return typeof url === "string" && path.length > 1 && url.includes(path);
  };
  const sameTitle = (posting: Record<string, unknown>) =>
    typeof posting.title === "string" && posting.title.trim() !== "" && posting.title.trim() === page.heading;
  return postings.find(isHere) ?? postings.find(sameTitle);
}
