import ipaddr from 'ipaddr.js';

/** Whether the host is this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || addressRange(host) === 'loopback';
}

const PRIVATE_RANGES = new Set(['private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat']);
const PRIVATE_SUFFIXES = ['.local', '.internal', '.lan', '.home.arpa'];

/** Whether only this network can reach the host. A name without a dot is a container or a machine in this network. */
export function isPrivate(host: string): boolean {
  const range = addressRange(host);
  if (range !== undefined) return PRIVATE_RANGES.has(range);
  return !host.includes('.') || PRIVATE_SUFFIXES.some((suffix) => host.endsWith(suffix));
}

function addressRange(host: string): string | undefined {
  const address = host.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(address) ? ipaddr.process(address).range() : undefined;
}
