import { z } from 'zod';
import { storedAction } from './actions/action';
import { storedImage } from './catalogue/images';
import { upgradeProject } from './olderProject';
import { storedCertificate } from './resources/certificates/certificate';
import { storedFirewall } from './resources/firewalls/firewall';
import { storedFloatingIp } from './resources/floatingIps/floatingIp';
import { storedLoadBalancer } from './resources/loadBalancers/loadBalancer';
import { storedNetwork } from './resources/networks/network';
import { storedPlacementGroup } from './resources/placementGroups';
import { storedPrimaryIp } from './resources/primaryIps/primaryIp';
import { storedServer } from './resources/servers/server';
import { storedSshKey } from './resources/sshKeys';
import { storedVolume } from './resources/volumes';

const collections = {
  actions: storedAction,
  servers: storedServer,
  networks: storedNetwork,
  loadBalancers: storedLoadBalancer,
  firewalls: storedFirewall,
  placementGroups: storedPlacementGroup,
  primaryIps: storedPrimaryIp,
  floatingIps: storedFloatingIp,
  images: storedImage,
  certificates: storedCertificate,
  volumes: storedVolume,
  sshKeys: storedSshKey,
};

type Collections = typeof collections;
type CollectionName = keyof Collections;
const collectionNames = Object.keys(collections) as CollectionName[];

/** One Hetzner project: everything in it, by kind and id. */
export type Project = { name: string } & {
  [Name in CollectionName]: Map<number, z.infer<Collections[Name]>>;
};

/** A project as its file holds it. */
export const projectFile = z.preprocess(
  upgradeProject,
  z.object({
    name: z.string(),
    /** No id at or above this one has been given away. */
    nextId: z.int(),
    ...(Object.fromEntries(
      collectionNames.map(name => [name, z.array(collections[name])]),
    ) as { [Name in CollectionName]: z.ZodArray<Collections[Name]> }),
  }),
);

/** A project without anything in it. */
export function emptyProject(name: string): Project {
  return {
    name,
    ...(Object.fromEntries(
      collectionNames.map(collection => [collection, new Map()]),
    ) as Omit<Project, 'name'>),
  };
}

/** What to write into a project's file. */
export function toFile(
  project: Project,
  nextId: number,
): z.infer<typeof projectFile> {
  return {
    name: project.name,
    nextId,
    ...(Object.fromEntries(
      collectionNames.map(name => [name, [...project[name].values()]]),
    ) as unknown as Omit<z.infer<typeof projectFile>, 'name' | 'nextId'>),
  };
}

/** The project that a file holds. */
export function fromFile(file: z.infer<typeof projectFile>): Project {
  return {
    name: file.name,
    ...(Object.fromEntries(
      collectionNames.map(name => [
        name,
        new Map(file[name].map(item => [item.id, item])),
      ]),
    ) as Omit<Project, 'name'>),
  };
}
