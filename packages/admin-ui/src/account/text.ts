import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "account.title": "Account",
  "account.nav": "Account pages",
});
