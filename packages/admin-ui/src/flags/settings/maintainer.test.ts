import { describe, expect, it } from "vitest";
import { maintainerIdOf, maintainerInstruction } from "./maintainer.ts";

describe("who maintains a flag", () => {
  it.each([
    [{}, { kind: "removeMaintainer" }],
    [{ maintainerId: "6f:1" }, { kind: "updateMaintainerMember", value: "6f:1" }],
    [{ maintainerTeamKey: "payments" }, { kind: "updateMaintainerTeam", value: "payments" }],
  ])("is what an instruction makes it: %j", (flag, instruction) => {
    expect(maintainerInstruction(maintainerIdOf(flag))).toEqual(instruction);
  });
});
