import * as sdk from "@halyard/sdk/react";
import * as react from "react";
import { act } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";

const halyardReact = { ...sdk, react, act, createRoot, hydrateRoot };

declare global {
  interface Window {
    halyardReact: typeof halyardReact;
  }
}

window.halyardReact = halyardReact;
