import { createElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { useFlag, useFlags } from "../react/index.ts";
import { TestFlags } from "./index.ts";

function Checkout(): ReactNode {
  const limits = useFlag("limits", { max: 0 });
  const all = Object.keys(useFlags()).length;
  return `${useFlag("checkout", "fallback")} ${limits.max} ${useFlag("nope", "none")} ${all}`;
}

it("gives the components below it the test's flags, and fallbacks for others", () => {
  const values = { checkout: "new", limits: { max: 3 } };

  const shown = renderToStaticMarkup(createElement(TestFlags, { values }, createElement(Checkout)));

  expect(shown).toBe("new 3 none 2");
});
