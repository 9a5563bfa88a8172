import { recall, remember } from "#ui/storage.ts";

const key = "place-before-sign-in";
const perTab = () => sessionStorage;

/** Notes the page that this tab shows, as the sign-in link leads to the start page. */
export function rememberPlace(): void {
  const { pathname, search } = location;
  if (pathname !== "/") remember(key, pathname + search, perTab);
}

/** The noted page, once. */
export function takePlace(): string | undefined {
  const place = recall(key, perTab);
  remember(key, undefined, perTab);
  return place !== undefined && /^\/(?!\/)/.test(place) ? place : undefined;
}
