import type { Catalogue } from './schema/openapi/generated/models';
import {
  isOrderable,
  isRetired,
  offerIn,
  type CatalogueServerType,
} from './catalogue';
import { compareMoney } from './money';
import { toldProblem, type ToldProblem } from './problems';

/** What a server type offers, for finding one that can replace it. */
export type ServerSize = Pick<
  CatalogueServerType,
  'cores' | 'memoryGb' | 'diskGb' | 'architecture' | 'cpuType'
>;

const shared = (
  cores: number,
  memoryGb: number,
  diskGb: number,
): ServerSize => ({
  cores,
  memoryGb,
  diskGb,
  architecture: 'x86',
  cpuType: 'shared',
});

/**
 * Types that the provider may have dropped from its list altogether, by name.
 * Source: Hetzner Cloud changelog, 2025-10-16 (CX second generation and CPX
 * first generation withdrawn in the EU) and 2024-06-06 (CX first generation).
 */
const RETIRED_SIZES: Readonly<Record<string, ServerSize>> = {
  cx11: shared(1, 2, 20),
  cx21: shared(2, 4, 40),
  cx31: shared(2, 8, 80),
  cx41: shared(4, 16, 160),
  cx51: shared(8, 32, 240),
  cx22: shared(2, 4, 40),
  cx32: shared(4, 8, 80),
  cx42: shared(8, 16, 160),
  cx52: shared(16, 32, 320),
  cpx11: shared(2, 2, 40),
  cpx21: shared(3, 4, 80),
  cpx31: shared(4, 8, 160),
  cpx41: shared(8, 16, 240),
  cpx51: shared(16, 32, 360),
};

/** Which type is taken for what a document asks. Recorded with the revision and kept until that field changes. */
export interface ServerTypeChoice {
  /** What the document names, in order of preference. */
  asked: string[];
  location: string;
  chosen: string;
  /** Why another than the first was taken, in words; null when the first was. */
  reason: string | null;
}

/** Choices by group of servers: `control-plane` or the name of a pool. */
export type ServerTypeChoices = Record<string, ServerTypeChoice>;

/** The type that is taken, or why none can be, type by type. */
export type ChosenServerType =
  | { choice: ServerTypeChoice; serverType: CatalogueServerType }
  | { obstacles: ToldProblem[] };

function isAtLeast(candidate: ServerSize, size: ServerSize): boolean {
  return (
    candidate.architecture === size.architecture &&
    candidate.cpuType === size.cpuType &&
    candidate.cores >= size.cores &&
    candidate.memoryGb >= size.memoryGb &&
    candidate.diskGb >= size.diskGb
  );
}

/** The cheapest type that can be ordered in the location and is at least as large, of the same architecture and kind of CPU. */
export function successorOf(
  size: ServerSize,
  location: string,
  catalogue: Catalogue,
): CatalogueServerType | undefined {
  return catalogue.serverTypes
    .filter(
      candidate =>
        isAtLeast(candidate, size) &&
        isOrderable(candidate, location, catalogue),
    )
    .sort(
      (a, b) =>
        compareMoney(
          offerIn(a, location)!.priceMonthly,
          offerIn(b, location)!.priceMonthly,
        ) || a.name.localeCompare(b.name),
    )[0];
}

function whereOrderable(serverType: CatalogueServerType, catalogue: Catalogue) {
  return serverType.locations
    .map(offer => offer.name)
    .filter(location => isOrderable(serverType, location, catalogue));
}

/** What one of the asked types leads to in this location. */
function resolve(
  name: string,
  location: string,
  catalogue: Catalogue,
): { serverType: CatalogueServerType; reason: string | null } | ToldProblem {
  const listed = catalogue.serverTypes.find(type => type.name === name);
  const offer = listed && offerIn(listed, location);
  if (listed && isOrderable(listed, location, catalogue)) {
    return { serverType: listed, reason: null };
  }
  const retired = offer ? isRetired(offer, catalogue) : !listed;
  const size = listed ?? RETIRED_SIZES[name];
  if (!size) {
    return toldProblem('server-type-unknown', { type: name });
  }
  if (retired) {
    const successor = successorOf(size, location, catalogue);
    return successor
      ? {
          serverType: successor,
          reason: `${name} is no longer sold; ${successor.name} is the cheapest in ${location} that is at least as large.`,
        }
      : toldProblem('server-type-retired', { type: name, location });
  }
  const places = listed ? whereOrderable(listed, catalogue) : [];
  return places.length > 0
    ? toldProblem('server-type-elsewhere', {
        type: name,
        location,
        places: places.join(', '),
      })
    : toldProblem('server-type-sold-out', { type: name, location });
}

/**
 * Takes the first of the asked types that can be ordered. A choice that was
 * recorded for the same question stays, so that a sold-out type does not
 * change an environment that already runs on it.
 */
export function chooseServerType(options: {
  asked: string | string[];
  location: string;
  catalogue: Catalogue;
  recorded?: ServerTypeChoice;
}): ChosenServerType {
  const { location, catalogue, recorded } = options;
  const asked = [options.asked].flat();
  if (
    recorded &&
    recorded.location === location &&
    recorded.asked.join() === asked.join()
  ) {
    const serverType = catalogue.serverTypes.find(
      type => type.name === recorded.chosen,
    );
    if (serverType) return { choice: recorded, serverType };
  }
  const obstacles: ToldProblem[] = [];
  for (const name of asked) {
    const resolved = resolve(name, location, catalogue);
    if ('code' in resolved) {
      obstacles.push(resolved);
    } else {
      return {
        serverType: resolved.serverType,
        choice: {
          asked,
          location,
          chosen: resolved.serverType.name,
          reason:
            [...obstacles.map(({ message }) => message), resolved.reason]
              .filter(Boolean)
              .join(' ') || null,
        },
      };
    }
  }
  return { obstacles };
}
