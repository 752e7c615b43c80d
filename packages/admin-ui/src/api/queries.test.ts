import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refresh, refreshTouched } from "./queries.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function clientWith(...keys: readonly string[]): QueryClient {
  const client = new QueryClient();
  for (const key of keys) client.setQueryData([key], "something");
  return client;
}

function staleIn(client: QueryClient): readonly unknown[] {
  const all = client.getQueryCache().getAll();
  return all.filter(({ state }) => state.isInvalidated).map(({ queryKey }) => queryKey[0]);
}

describe("what is fetched anew", () => {
  it("is what any of those that come together touch, at once and once", async () => {
    const client = clientWith("/api/v2/flags/web-shop", "/api/v2/tags", "/api/v2/members");
    const invalidate = vi.spyOn(client, "invalidateQueries");

    const both = [
      refresh(client, "/api/v2/flags"),
      refreshTouched(client, (path) => path === "/api/v2/tags"),
    ];
    await vi.runAllTimersAsync();
    await Promise.all(both);

    expect(staleIn(client)).toEqual(["/api/v2/flags/web-shop", "/api/v2/tags"]);
    expect(invalidate).toHaveBeenCalledOnce();
  });

  it("is what comes later too", async () => {
    const client = clientWith("/api/v2/flags/web-shop", "/api/v2/tags");

    void refresh(client, "/api/v2/flags");
    await vi.runAllTimersAsync();
    void refresh(client, "/api/v2/tags");
    await vi.runAllTimersAsync();

    expect(staleIn(client)).toEqual(["/api/v2/flags/web-shop", "/api/v2/tags"]);
  });

  it("is nothing that has no path of the API", async () => {
    const client = clientWith("drafts", "/api/v2/tags");

    void refreshTouched(client, () => true);
    await vi.runAllTimersAsync();

    expect(staleIn(client)).toEqual(["/api/v2/tags"]);
  });
});
