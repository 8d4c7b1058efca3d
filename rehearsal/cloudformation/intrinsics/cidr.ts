/**
 * The first `count` address ranges with `hostBits` free bits inside an IPv4 block: `Fn::Cidr`.
 * @throws Error when the block is too small for them
 */
export function cidrBlocks(block: string, count: number, hostBits: number): string[] {
  const [address = '', prefix = ''] = block.split('/');
  const start = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** hostBits;
  if (count * size > 2 ** (32 - Number(prefix)))
    throw new Error(`Fn::Cidr: ${block} has no room for ${count} ranges of ${size}`);
  return Array.from({ length: count }, (_, index) => `${dotted(start + index * size)}/${32 - hostBits}`);
}

const dotted = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
