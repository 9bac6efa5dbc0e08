import { z } from 'zod';

const address = z
  .object({ id: z.int(), ip: z.string(), dnsPtr: z.string().nullish() })
  .nullable();

const withAddresses = z.looseObject({
  location: z.string(),
  created: z.number(),
  ipv4: address,
  ipv6: address,
});

const certificate = z.looseObject({
  certificate: z.string(),
  notValidBefore: z.number(),
  notValidAfter: z.number(),
  fingerprint: z.string(),
});

/** A project's file of before primary IPs were objects of their own, as far as it differs. */
const olderProject = z.looseObject({
  primaryIps: z.undefined().optional(),
  servers: z.array(withAddresses),
  loadBalancers: z.array(withAddresses),
  certificates: z.array(certificate),
});

type WithAddresses = z.infer<typeof withAddresses>;

/** The primary IPs that something held without knowing it. */
const primaryIpsOf = ({ location, created, ipv4, ipv6 }: WithAddresses) =>
  Object.entries({ ipv4, ipv6 }).flatMap(([type, held]) =>
    held
      ? [
          {
            id: held.id,
            name: `primary_ip-${held.id}`,
            type,
            // A load balancer knew one address of its /64.
            ip: type === 'ipv6' ? held.ip.replace(/::1$/, '::/64') : held.ip,
            location,
            labels: {},
            protection: { delete: false },
            autoDelete: true,
            reverseDns: held.dnsPtr ? { [held.ip]: held.dnsPtr } : {},
            created,
          },
        ]
      : [],
  );

const withIds = (holder: WithAddresses) => ({
  ...holder,
  ipv4: holder.ipv4 && holder.ipv4.id,
  ipv6: holder.ipv6 && holder.ipv6.id,
});

/**
 * Brings a project's file of an older version to the shape of this one, so
 * that what somebody made locally outlives an update. Everything else is
 * handed on as it is.
 */
export function upgradeProject(file: unknown): unknown {
  const older = olderProject.safeParse(file);
  if (!older.success) return file;
  const { servers, loadBalancers, certificates, ...rest } = older.data;
  return {
    ...rest,
    servers: servers.map(server => ({
      ...withIds(server),
      iso: null,
      rescueSince: null,
      backupWindow: null,
    })),
    loadBalancers: loadBalancers.map(withIds),
    primaryIps: [...servers, ...loadBalancers].flatMap(primaryIpsOf),
    certificates: certificates.map(
      ({
        certificate: pem,
        notValidBefore,
        notValidAfter,
        fingerprint,
        ...others
      }) => ({
        ...others,
        status: null,
        issued: {
          certificate: pem,
          notValidBefore,
          notValidAfter,
          fingerprint,
        },
      }),
    ),
    images: [],
    floatingIps: [],
  };
}
