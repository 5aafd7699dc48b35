import { templateError } from './errors';

/** `count` subnets of an IPv4 block, each with `hostBits` bits for hosts (Fn::Cidr; its default is 8). */
export function cidr(block: string, count: number, hostBits = 8): string[] {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(block);
  if (!match || match.slice(1, 5).some((octet) => Number(octet) > 255) || Number(match[5]) > 32) {
    throw templateError(`Fn::Cidr: ${block} is not an IPv4 block; IPv6 blocks are not supported by this engine`);
  }
  const [first, prefix] = [match.slice(1, 5).reduce((sum, octet) => sum * 256 + Number(octet), 0), Number(match[5])];
  const size = 2 ** hostBits;
  if (!(count >= 1 && count <= 256) || count * size > 2 ** (32 - prefix)) {
    throw templateError(`Fn::Cidr: ${block} has no room for ${count} blocks of ${hostBits} bits`);
  }
  const start = first - (first % 2 ** (32 - prefix));
  return Array.from({ length: count }, (_, index) => `${dotted(start + index * size)}/${32 - hostBits}`);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join('.');
}
