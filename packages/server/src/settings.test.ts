import { expect, it } from "vitest";
import { parseSettings } from "./settings.ts";

it("take a variable that is set to nothing for one that is not set", () => {
  const empty = { PORT: "", HALYARD_BASE_URL: "", HALYARD_BOOTSTRAP_TOKEN: "" };

  expect(parseSettings(empty)).toEqual(parseSettings({}));
});

it("take the base URL with or without a slash at its end", () => {
  const { baseUrl } = parseSettings({ HALYARD_BASE_URL: "https://flags.example/" });

  expect(baseUrl).toBe("https://flags.example");
});

it("name the variable that is wrong", () => {
  expect(() => parseSettings({ PORT: "http" })).toThrow(/docs\/settings\.md: PORT:/u);
});

it("name an identity provider, or say what is wrong with it", () => {
  const given = {
    HALYARD_SSO_ISSUER: "https://idp.example",
    HALYARD_SSO_CLIENT_ID: "halyard",
    HALYARD_SSO_CLIENT_SECRET: "secret",
    HALYARD_SSO_ALLOWED_DOMAINS: "Example.com, example.org",
  };

  expect(parseSettings(given).sso).toMatchObject({
    clientId: "halyard",
    defaultRole: "reader",
    allowedDomains: ["example.com", "example.org"],
  });
  expect(() => parseSettings({ ...given, HALYARD_SSO_DEFAULT_ROLE: "owner" })).toThrow(
    /defaultRole/u,
  );
  expect(() => parseSettings({ ...given, HALYARD_SSO_CLIENT_SECRET: "" })).toThrow(/clientSecret/u);
});

it("believe no proxies but addresses and blocks", () => {
  const { trustedProxies } = parseSettings({ HALYARD_TRUSTED_PROXIES: "10.0.0.0/8, ::1" });

  expect(trustedProxies).toEqual(["10.0.0.0/8", "::1"]);
  expect(() => parseSettings({ HALYARD_TRUSTED_PROXIES: "proxy.example" })).toThrow(
    /HALYARD_TRUSTED_PROXIES: "proxy\.example"/u,
  );
});
