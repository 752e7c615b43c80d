import { mkdir } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { AdminUi } from "./page.ts";
import { signedInPages, signedOutPages } from "./pages.ts";
import { seedWebShop } from "./seed.ts";
import { invitationPath, seedAnnouncements, seedRelays, seedSso } from "./seed-account.ts";
import { connectApps, seedLeftovers } from "./seed-apps.ts";

const { values } = parseArgs({
  options: {
    out: { type: "string", default: "screenshots" },
    /** Takes the pages whose address has it alone. */
    only: { type: "string", default: "" },
  },
});
await mkdir(values.out, { recursive: true });
await using ui = await AdminUi.start();
await seedWebShop(ui.management, ui.url);
await seedLeftovers(ui.management, ui.server);
await seedSso(ui.management);
await seedRelays(ui.management);
if (values.only.includes("announcements")) await seedAnnouncements(ui.management);
const invitation = await invitationPath(ui.management, "new.colleague@example.com");
await using _apps = await connectApps(ui.management, ui.url);
const all = [
  ...[...signedOutPages, invitation].map((address) => ({ address, isSignedIn: false })),
  ...signedInPages.map((address) => ({ address, isSignedIn: true })),
];
for (const { address, isSignedIn } of all.filter((one) => one.address.includes(values.only))) {
  for (const width of [390, 768, 1440]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await using opened = await ui.open(address, { isSignedIn, width, colorScheme });
      await opened.page.waitForFunction(() => document.fonts.status === "loaded");
      const name = address
        .slice(1)
        .replace(/(?<=invite\/).*/u, "link")
        .replaceAll(/\W+/gu, "-");
      const file = path.join(values.out, `${name}-${width}-${colorScheme}.png`);
      await opened.page.screenshot({ path: file, fullPage: true, animations: "disabled" });
      process.stdout.write(`${file}\n`);
    }
  }
}
