import * as sdk from "@halyard/sdk/browser";

declare global {
  interface Window {
    halyard: typeof sdk;
  }
}

window.halyard = sdk;
