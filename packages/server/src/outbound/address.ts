import { BlockList, isIP, isIPv6 } from "node:net";

/** Networks of IPv4 that are not the public internet (RFC 6890 and its successors). */
const notPublic = listOf("ipv4", [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
]);

/** Of IPv6 only this is given out for global use; IPv4 in disguise is outside of it… */
const globalUnicast = listOf("ipv6", [["2000::", 3]]);
/** …but for these, which are tunnels to IPv4, for documentation, or for protocols. */
const notPublicOfGlobal = listOf("ipv6", [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
]);

/** Whether an address belongs to the public internet, and to no network that an operator has around the server. */
export function isPublicAddress(address: string): boolean {
  if (!isIPv6(address)) return isIP(address) === 4 && !notPublic.check(address, "ipv4");
  return globalUnicast.check(address, "ipv6") && !notPublicOfGlobal.check(address, "ipv6");
}

function listOf(
  family: "ipv4" | "ipv6",
  networks: readonly (readonly [string, number])[],
): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family);
  return list;
}

/** The places that an operator lets the server call although they are not public. */
export interface AllowedTargets {
  readonly hosts: ReadonlySet<string>;
  readonly networks: BlockList;
}

/** Reads names, addresses and networks, separated by commas; throws for what is none of them. */
export function parseAllowedTargets(setting: string): AllowedTargets {
  const hosts = new Set<string>();
  const networks = new BlockList();
  for (const entry of setting.split(",").map((one) => one.trim())) {
    if (entry === "") continue;
    const [address = "", prefix] = entry.split("/");
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (isIP(address) === 0) {
      if (!/^[a-z0-9.-]+$/iu.test(entry)) {
        throw new Error(
          `"${entry}" is no host, address or network; write hooks.internal, 10.1.2.3 or 10.0.0.0/8`,
        );
      }
      hosts.add(entry.toLowerCase());
    } else if (prefix === undefined) networks.addAddress(address, family);
    else networks.addSubnet(address, Number(prefix), family);
  }
  return { hosts, networks };
}

export function isAllowed({ networks }: AllowedTargets, address: string): boolean {
  return isPublicAddress(address) || networks.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}
