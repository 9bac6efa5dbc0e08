/** A kind of resource for a reader: `load-balancer` as `Load balancer`. */
export function kindInWords(kind: string): string {
  const words = kind.replaceAll('-', ' ').replace(/^ssh\b/, 'SSH');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
