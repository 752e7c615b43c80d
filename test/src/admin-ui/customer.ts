const countries = ["DE", "FR", "AT", "IT", "US"];
const plans = ["free", "pro", "beta"];

/** A customer of the web shop, the same in every app. */
export function customer(at: number) {
  return {
    kind: "user",
    key: `customer-${at}`,
    country: countries[at % countries.length] ?? "",
    plan: plans[at % plans.length] ?? "",
  };
}
