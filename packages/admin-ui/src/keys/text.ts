import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "keys.title": "Keys & SDKs",
  "keys.what": "The keys",
  "keys.sdk": "SDK key",
  "keys.mobile": "Mobile key",
  "keys.client": "Client-side ID",
});
