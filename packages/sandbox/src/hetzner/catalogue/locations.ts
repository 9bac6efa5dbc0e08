/** A place where resources can be. */
export interface Location {
  id: number;
  name: string;
  description: string;
  country: string;
  city: string;
  latitude: number;
  longitude: number;
  network_zone: string;
}

/**
 * In the order in which the API lists them. Source: Hetzner Cloud API,
 * Locations; terraform-provider-hcloud v1.68 `internal/location`.
 */
export const locations: readonly Location[] = [
  {
    id: 1,
    name: 'fsn1',
    description: 'Falkenstein DC Park 1',
    country: 'DE',
    city: 'Falkenstein',
    latitude: 50.47612,
    longitude: 12.370071,
    network_zone: 'eu-central',
  },
  {
    id: 2,
    name: 'nbg1',
    description: 'Nuremberg DC Park 1',
    country: 'DE',
    city: 'Nuremberg',
    latitude: 49.452102,
    longitude: 11.076665,
    network_zone: 'eu-central',
  },
  {
    id: 3,
    name: 'hel1',
    description: 'Helsinki DC Park 1',
    country: 'FI',
    city: 'Helsinki',
    latitude: 60.169855,
    longitude: 24.938379,
    network_zone: 'eu-central',
  },
  {
    id: 4,
    name: 'ash',
    description: 'Ashburn, VA',
    country: 'US',
    city: 'Ashburn, VA',
    latitude: 39.045821,
    longitude: -77.487073,
    network_zone: 'us-east',
  },
  {
    id: 5,
    name: 'hil',
    description: 'Hillsboro, OR',
    country: 'US',
    city: 'Hillsboro, OR',
    latitude: 45.54222,
    longitude: -122.951924,
    network_zone: 'us-west',
  },
  {
    id: 6,
    name: 'sin',
    description: 'Singapore',
    country: 'SG',
    city: 'Singapore',
    latitude: 1.283333,
    longitude: 103.833333,
    network_zone: 'ap-southeast',
  },
];

/** Where everything is sold that has a known price. */
export const EU_LOCATIONS = ['fsn1', 'nbg1', 'hel1'];

/** Where some server types are sold; of load balancers no price is known there. */
export const US_LOCATIONS = ['ash', 'hil'];

/** Zones that a subnet or a load balancer can be in. */
export const networkZones = [
  ...new Set(locations.map(location => location.network_zone)),
];

/** The location with this id or name. */
export function findLocation(idOrName: string): Location | undefined {
  return locations.find(
    ({ id, name }) => name === idOrName || String(id) === idOrName,
  );
}

/** The location of a name that was checked when it was stored. */
export function locationNamed(name: string): Location {
  const location = findLocation(name);
  if (!location) throw new Error(`The catalogue has no location ${name}`);
  return location;
}
