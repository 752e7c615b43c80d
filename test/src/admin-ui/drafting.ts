import type { Page } from "playwright-core";
import type { Management } from "../management.ts";

const project = "web-shop";
const values = ["old", "new", "other"];

interface Representation {
  readonly variations: readonly { readonly _id: string; readonly value: string }[];
  readonly environments: Readonly<
    Record<
      string,
      {
        readonly fallthrough: { readonly variation?: number };
        readonly offVariation?: number;
      }
    >
  >;
}

async function read(management: Management, key: string): Promise<Representation> {
  const flag = await management.ask("GET", `/api/v2/flags/${project}/${key}`);
  return flag as Representation; // The server's own shape, held by its tests.
}

/** The id of the variation with a value. */
export async function idOf(management: Management, key: string, value: string): Promise<string> {
  const found = (await read(management, key)).variations.find((one) => one.value === value);
  return found?._id ?? "";
}

/** What the flag gives everyone else there, and when off. */
export async function served(
  management: Management,
  key: string,
  environment: string,
): Promise<readonly (string | undefined)[]> {
  const { variations, environments } = await read(management, key);
  const { fallthrough, offVariation } = environments[environment] ?? { fallthrough: {} };
  return [fallthrough.variation, offVariation].map((at) => variations[at ?? -1]?.value);
}

/** A write takes its time where much else is going on. */
export const patience = { timeout: 10_000 };

let made = 0;

/** A flag of its own for each test; the key is given back. */
export async function newFlag(management: Management): Promise<string> {
  made += 1;
  const key = `draft-${made}`;
  await management.createFlag(project, key, values);
  return key;
}

export const targeting = (key: string, environment: string) =>
  `/p/${project}/flags/${key}/targeting?env=${environment}`;
export const bar = (page: Page) => page.getByRole("region", { name: "Unsaved changes" });
export const sheet = (page: Page) => page.getByRole("dialog", { name: /^Review changes to/u });
export const everyoneElse = (page: Page) => page.getByRole("region", { name: "Everyone else" });

/** Picks what a part of the targeting gives. */
export async function give(
  page: Page,
  part: "Everyone else" | "When off",
  value: string,
): Promise<void> {
  const card = page.getByRole("region", { name: part });
  await card.getByRole("button").first().click();
  await page.getByRole("menuitem", { name: value }).click();
  await card.getByRole("button").filter({ hasText: value }).waitFor();
  await page.getByRole("menu").waitFor({ state: "detached" });
}

/** Saves the draft by its review. */
export async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Review & save" }).click();
  await sheet(page).getByRole("button", { name: "Save changes" }).click();
  await sheet(page).waitFor({ state: "detached" });
}
