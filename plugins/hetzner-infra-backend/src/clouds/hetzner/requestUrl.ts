type Scalar = string | number | boolean;
export type PathParameters = Readonly<Record<string, Scalar>>;
export type QueryParameters = Readonly<
  Record<string, Scalar | readonly Scalar[] | null | undefined>
>;

/**
 * A path template with its placeholders filled in: `/servers/{id}` → `/servers/42`.
 *
 * @throws TypeError if a placeholder has no value: a call without its id must
 * not reach another path.
 */
export function fillPath(
  template: string,
  parameters: PathParameters = {},
): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    if (value === undefined || value === null || value === '') {
      throw new TypeError(`${template} needs a value for ${name}`);
    }
    return encodeURIComponent(value);
  });
}

/**
 * `?a=1&b=x&b=y`, or nothing. Lists repeat the key (Hetzner Cloud API,
 * "Sorting" and the filters of each list); what is undefined is left out.
 */
export function queryString(parameters: QueryParameters = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null) {
        search.append(name, String(item));
      }
    }
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
