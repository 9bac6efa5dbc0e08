import { noise } from '../noise';

/** How long something takes, in seconds of the cloud. */
export interface Latency {
  typicalSeconds: number;
  minSeconds: number;
  maxSeconds: number;
  /** What rarely happens: a share of the draws lies evenly in this range instead. */
  stall?: { share: number; minSeconds: number; maxSeconds: number };
}

const seconds = (
  typicalSeconds: number,
  minSeconds: number,
  maxSeconds: number,
): Latency => ({ typicalSeconds, minSeconds, maxSeconds });

/**
 * From request to the end of the action. Measured figures are from the
 * Terraform apply logs of the public repository
 * Ujstor/self-hosting-infrastructure-cluster (2024) and from trackers:
 * hetznercloud/cli#255, terraform-provider-hcloud#734, #844, ansible#719.
 * The rest is inferred.
 */
export const actionLatencies = {
  create_server: seconds(10, 7, 17),
  start_server: seconds(4, 2, 8),
  stop_server: seconds(2, 1, 4),
  shutdown_server: seconds(1, 1, 2),
  /** From the end of the shutdown action until the guest is off. */
  guest_shutdown: seconds(7, 4, 58),
  reboot_server: seconds(1, 1, 3),
  reset_server: seconds(2, 1, 4),
  rebuild_server: seconds(12, 8, 20),
  delete_server: seconds(2, 1, 5),
  change_server_type: seconds(160, 60, 400),
  /** terraform-provider-hcloud#966; an hour happens too (#312). */
  create_image: seconds(90, 69, 131),
  enable_rescue: seconds(1, 0.5, 3),
  disable_rescue: seconds(1, 0.5, 3),
  attach_iso: seconds(1, 0.5, 3),
  detach_iso: seconds(1, 0.5, 3),
  reset_password: seconds(2, 1, 5),
  request_console: seconds(0.5, 0.2, 1),
  enable_backup: seconds(1, 0.5, 3),
  disable_backup: seconds(1, 0.5, 3),
  attach_to_network: seconds(3, 2, 4),
  detach_from_network: seconds(5, 2, 7),
  change_alias_ips: seconds(2, 1, 4),
  add_to_placement_group: seconds(1, 0.5, 2),
  remove_from_placement_group: seconds(1, 0.5, 2),
  change_protection: seconds(0.5, 0.2, 1),
  add_subnet: seconds(2, 0.5, 6),
  delete_subnet: seconds(2, 0.5, 6),
  add_route: seconds(1, 0.5, 3),
  delete_route: seconds(1, 0.5, 3),
  change_ip_range: seconds(1, 0.5, 3),
  set_firewall_rules: seconds(1, 0.5, 3),
  apply_firewall: seconds(2, 1, 5),
  remove_firewall: seconds(2, 1, 5),
  create_load_balancer: seconds(4, 3, 8),
  delete_load_balancer: seconds(2, 1, 5),
  /** Stalls of over five minutes: hcloud-cloud-controller-manager#818, ansible#719. */
  attach_load_balancer_to_network: {
    ...seconds(5, 3, 14),
    stall: { share: 0.01, minSeconds: 300, maxSeconds: 600 },
  },
  detach_load_balancer_from_network: seconds(3, 2, 6),
  add_service: seconds(2, 1, 6),
  update_service: seconds(2, 1, 6),
  delete_service: seconds(2, 1, 6),
  add_target: seconds(2, 1, 8),
  remove_target: seconds(2, 1, 8),
  change_algorithm: seconds(1, 0.5, 3),
  change_load_balancer_type: seconds(2, 1, 6),
  enable_public_interface: seconds(1, 0.5, 3),
  disable_public_interface: seconds(1, 0.5, 3),
  change_dns_ptr: seconds(1, 0.5, 2),
  assign_primary_ip: seconds(1, 1, 3),
  unassign_primary_ip: seconds(1, 1, 3),
  /** Inferred: a certificate authority checks the domain by DNS. */
  create_certificate: seconds(30, 15, 120),
  issue_certificate: seconds(30, 15, 120),
  assign_floating_ip: seconds(1, 1, 3),
  unassign_floating_ip: seconds(1, 1, 3),
  create_volume: seconds(6, 5, 12),
  attach_volume: seconds(7, 3, 12),
  detach_volume: seconds(3, 2, 5),
  resize_volume: seconds(2, 1, 4),
} satisfies Record<string, Latency>;

/** Something that takes time after its request was answered. */
export type ActionLatency = keyof typeof actionLatencies;

/** From request to answer; operations without an entry take `read` or `write`. */
export const answerLatencies = {
  read: seconds(0.2, 0.15, 0.3),
  write: seconds(0.3, 0.2, 0.6),
  create_network: seconds(1, 0.8, 5),
  delete_network: seconds(1, 0.5, 3),
  create_ssh_key: seconds(0.5, 0.2, 1),
  create_placement_group: seconds(0.5, 0.2, 1),
  create_firewall: seconds(1.5, 0.5, 3),
  delete_volume: seconds(1, 0.8, 2),
} satisfies Record<string, Latency>;

/** How long an operation's answer takes. */
export function answerLatency(operation: string, method: string): Latency {
  const named: Record<string, Latency> = answerLatencies;
  return (
    named[operation] ??
    (method === 'GET' ? answerLatencies.read : answerLatencies.write)
  );
}

/**
 * A draw whose median is the typical value: half of the draws lie evenly below
 * it, the others above it, rarely far above. The same seed and key draw the
 * same.
 */
export function drawSeconds(
  { typicalSeconds, minSeconds, maxSeconds, stall }: Latency,
  seed: number,
  ...key: (string | number)[]
): number {
  if (stall && noise(seed, 'stall', ...key) < stall.share) {
    const within = noise(seed, 'stalled', ...key);
    return stall.minSeconds + within * (stall.maxSeconds - stall.minSeconds);
  }
  const draw = noise(seed, ...key);
  return draw < 0.5
    ? minSeconds + 2 * draw * (typicalSeconds - minSeconds)
    : typicalSeconds + (2 * draw - 1) ** 3 * (maxSeconds - typicalSeconds);
}
