import { describe, expect, it } from "vitest";
import { type AuditSearch, auditQuery, auditSearchOf } from "./audit-search.ts";

const now = 1_795_575_445_950;

describe("what the address of a timeline asks for", () => {
  it.each<[AuditSearch, string]>([
    [{}, "under=proj/web-shop"],
    [{ in: "production" }, "under=proj/web-shop:env/production"],
    [{ kind: "flag" }, "spec=proj/web-shop:env/*:flag/*"],
    [
      { kind: "segment", in: "staging", key: "big-*" },
      "spec=proj/web-shop:env/staging:segment/big-*",
    ],
    [{ kind: "environment" }, "spec=proj/web-shop:env/*"],
    [{ kind: "project" }, "spec=proj/web-shop"],
    [{ kind: "member" }, "spec=member/*"],
    [
      { q: "sale", who: "m1", door: "token", action: "updateOn" },
      "under=proj/web-shop&q=sale&member=m1&action=updateOn&method=token",
    ],
    [
      { since: "hour" },
      `under=proj/web-shop&after=${Math.floor(now / 60_000) * 60_000 - 3_600_000}`,
    ],
  ])("turns %j into %s", (search, query) => {
    expect(decodeURIComponent(auditQuery({ project: "web-shop" }, search, now).toString())).toBe(
      query,
    );
  });

  it("keeps to one flag where it is the flag's history", () => {
    const query = auditQuery({ project: "web-shop", flag: "checkout" }, { in: "production" }, now);

    expect(query.get("spec")).toBe("proj/web-shop:env/production:flag/checkout");
  });

  it("counts the last day to its end", () => {
    const query = auditQuery({ project: "p" }, { from: "2026-11-24", to: "2026-11-25" }, now);

    expect(Number(query.get("before")) - Number(query.get("after"))).toBe(2 * 24 * 3_600_000);
  });

  it("leaves out what it cannot mean", () => {
    const read = auditSearchOf({
      q: "",
      kind: "planet",
      door: "token",
      from: "soon",
      to: "2026-11-25",
      more: 1,
    });

    expect(read).toEqual({ door: "token", to: "2026-11-25" });
  });
});
