import optimizeLocales from "@react-aria/optimize-locales-plugin";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { patternsLater } from "./patterns-later.ts";
import { precompress } from "./precompress.ts";

export default defineConfig({
  base: "/",
  plugins: [
    react(),
    tailwindcss(),
    { ...optimizeLocales.vite({ locales: ["en-US"] }), enforce: "pre" },
    patternsLater(),
    precompress(),
  ],
  // The server's CSP allows no data: fonts and no inline scripts.
  build: { manifest: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
