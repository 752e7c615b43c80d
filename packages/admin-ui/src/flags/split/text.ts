import { catalogue } from "../../text/catalogue.ts";

export const t = catalogue({
  "split.by": "Split by",
  "split.by.kind": "Kind of context",
  "split.by.attribute": "Attribute",
  "split.by.note":
    "Contexts with the same value stay together. Another choice deals everyone anew.",
  "split.by.shown": "{kind} {attribute}",
  "split.bar": "Split: {parts}",
  "split.part": "{name} {percent}",
  "split.divider": "Divider between {left} and {right}",
  "split.divider.value": "{left} {leftPercent}, {right} {rightPercent}",
  "split.weight": "Share of {name}, in percent",
  "split.weight.wrong": "Take a number from 0 to 100, with up to three decimals.",
  "split.lock": "Hold the share of {name}",
  "split.unlock": "Let go of the share of {name}",
  "split.even": "Even",
  "split.reset": "Reset",
  "split.presets": "Share of {name}",
  "split.preset": "{name} {percent}%",
  "split.ghost": "Saved",
  "split.moves": "{share} of all get another variation than before.",
  "split.marker": "{name} is at {place}",
});
