// What is read in the page. It runs there, so it may use nothing from outside of itself.

/** The raw material of a clip. */
export interface PageRead {
  url: string;
  canonical: string;
  title: string;
  heading: string;
  site: string;
  selection: string;
  scripts: string[];
}

/** Reads the page that this function is run in. */
export function readPage(): PageRead {
  const attribute = (selector: string, name: string) =>
    document.querySelector(selector)?.getAttribute(name)?.trim() ?? "";
  const scripts = [...document.querySelectorAll('script[type^="application/ld+json"]')];
  return {
    url: location.href,
    canonical: attribute('link[rel="canonical"]', "href"),
    title: document.title.trim(),
    heading: (document.querySelector("h1")?.textContent ?? "").replace(/\s+/g, " ").trim(),
    site: attribute('meta[property="og:site_name"]', "content"),
    selection: (window.getSelection()?.toString() ?? "").trim().slice(0, 200_000),
    scripts: scripts.map((script) => script.textContent ?? "").filter((text) => text.length < 1_000_000),
  };
}
