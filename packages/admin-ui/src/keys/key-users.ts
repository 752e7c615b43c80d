import { type ConnectedSdk, sdkInWords } from "../sdks/connected-sdk.ts";

/** Apps, or SDKs where they do not name theirs, with how many instances of each are connected. */
export interface KeyUser {
  readonly name: string;
  readonly count: number;
}

/** Who is connected to an environment with a key; the server tells keys by how they end. */
export function usersOf(
  key: string,
  environment: string,
  sdks: readonly ConnectedSdk[],
): readonly KeyUser[] {
  const ending = key.slice(-4);
  const users = sdks.filter(
    (one) => one.environment === environment && one.credential.endsWith(ending),
  );
  return [...Map.groupBy(users, (one) => one.application ?? sdkInWords(one))]
    .map(([name, all]) => ({ name, count: all.length }))
    .sort((a, b) => (a.count === b.count ? a.name.localeCompare(b.name) : b.count - a.count));
}
