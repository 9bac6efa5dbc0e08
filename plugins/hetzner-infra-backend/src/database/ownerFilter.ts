import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';

/** Which environments a caller may see: the conditions of a permission decision. */
export type EnvironmentFilter = PermissionCriteria<OwnerFilter>;

/** The one condition there is: the owner is one of these. */
export type OwnerFilter = { property: 'owner'; values: string[] };

/** Turns the conditions of a permission decision into SQL conditions on `environments`. */
export function applyOwnerFilter(
  query: Knex.QueryBuilder,
  filter: EnvironmentFilter,
): void {
  if ('allOf' in filter) {
    query.where(all => {
      for (const part of filter.allOf) {
        all.andWhere(one => applyOwnerFilter(one, part));
      }
    });
  } else if ('anyOf' in filter) {
    query.where(any => {
      for (const part of filter.anyOf) {
        any.orWhere(one => applyOwnerFilter(one, part));
      }
    });
  } else if ('not' in filter) {
    query.whereNot(none => applyOwnerFilter(none, filter.not));
  } else {
    query.whereIn(filter.property, filter.values);
  }
}
