// Tests of pure words run without a page.
const page = typeof window === "undefined" ? undefined : window;
const asked = new URLSearchParams(page?.location.search).get("locale");

/** With `?locale=pseudo` every text of a catalogue is marked, so that what is not from one shows. */
export const isPseudo =
  asked === "pseudo" || page?.sessionStorage.getItem("halyard.locale") === "pseudo";
if (asked !== null) page?.sessionStorage.setItem("halyard.locale", asked);

/** How numbers, dates and plurals are written. */
export const locale = "en";
