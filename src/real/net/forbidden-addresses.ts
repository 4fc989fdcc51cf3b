import { BlockList, isIP } from 'node:net';
import { once } from '../../memo/memory.ts';

/**
 * Addresses that no server of these products has, and that give secrets of the machine to whoever can make it ask
 * them: link-local ones (169.254.169.254 is the metadata service of most clouds), the metadata services with other
 * addresses, multicast and "this host". Loopback and private networks are allowed: twins and real servers are there.
 */
const forbidden = once('forbidden addresses', () => {
  const list = new BlockList();
  list.addSubnet('169.254.0.0', 16, 'ipv4');
  list.addSubnet('0.0.0.0', 8, 'ipv4');
  list.addSubnet('224.0.0.0', 3, 'ipv4');
  list.addAddress('100.100.100.200', 'ipv4');
  list.addAddress('168.63.129.16', 'ipv4');
  list.addAddress('::', 'ipv6');
  list.addSubnet('fe80::', 10, 'ipv6');
  list.addSubnet('ff00::', 8, 'ipv6');
  list.addAddress('fd00:ec2::254', 'ipv6');
  return list;
});

/** IPv4 within IPv6: mapped, compatible, and by the translation prefix. */
const embedded = /^(?:::ffff:(?:0:)?|::|64:ff9b::)(\d+\.\d+\.\d+\.\d+|[0-9a-f]{1,4}:[0-9a-f]{1,4})$/i;

/** Whether a target must not have this address. */
export function isForbiddenAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  const version = isIP(bare);
  if (version === 0) return true;
  if (forbidden().check(bare, version === 6 ? 'ipv6' : 'ipv4')) return true;
  const inner = version === 6 ? embedded.exec(bare)?.[1] : undefined;
  return inner !== undefined && bare !== '::1' && isForbiddenAddress(asIPv4(inner));
}

function asIPv4(text: string): string {
  if (text.includes('.')) return text;
  const [high = 0, low = 0] = text.split(':').map((part) => Number.parseInt(part, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
