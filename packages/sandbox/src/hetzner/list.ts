import { z } from 'zod';
import { errors } from './errors';
import type { Labels } from './labels';
import {
  LabelSelectorError,
  matchesLabels,
  parseLabelSelector,
  Requirement,
} from './labelSelector';
import { Call, Operation, operation } from './operation';
import type { Route } from './operationNames';
import { DEFAULT_PER_PAGE, MAX_PER_PAGE, paginate } from './pagination';
import { invalidField } from './reference';
import { parseSortKey, sortBy } from './sorting';

const oneOrMore = z
  .union([z.string(), z.array(z.string())])
  .transform(value => (Array.isArray(value) ? value : [value]));

/** Clients send keys without a value, which is as if they sent none. */
const present = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(value => (value === '' ? undefined : value), schema);

const wholeNumber = z.coerce.number().int().min(1);

/** Query of a list; keys that it does not know are ignored. */
const listQuery = z
  .object({
    page: present(wholeNumber.default(1)),
    per_page: present(wholeNumber.default(DEFAULT_PER_PAGE)),
    sort: present(oneOrMore.default([])),
    name: present(z.string().optional()),
    label_selector: z.string().optional(),
  })
  .catchall(z.unknown());

/** `meta` of a list answer. */
const meta = z.object({
  pagination: z.object({
    page: z.int(),
    per_page: z.int(),
    previous_page: z.int().nullable(),
    next_page: z.int().nullable(),
    last_page: z.int().nullable(),
    total_entries: z.int().nullable(),
  }),
});

type SortField<Item> = Extract<keyof Item, string>;

/** How a list is answered. */
export interface ListDefinition<Item, Answer> {
  /** Key of the list in the answer. */
  key: string;
  items: (call: Call) => Iterable<Item>;
  view: (item: Item, call: Call) => Answer;
  answer: z.ZodType<Answer>;
  sort?: readonly SortField<Item>[];
  /** Filters beyond `name` and `label_selector`: the value that must be among those asked for. */
  filters?: Record<string, (item: Item) => string | number | null>;
}

/** Declares a list: filtered, sorted and paged in the one way that all lists are. */
export function listOperation<
  Item extends { id: number; name?: string | null; labels?: Labels },
  Answer,
>(route: Route, definition: ListDefinition<Item, Answer>): Operation {
  const { key, items, view, answer, sort = [], filters = {} } = definition;
  // The key is only known here, so the type of the whole is not.
  const whole: z.ZodType<unknown> = z.object({
    [key]: z.array(answer),
    meta,
  });
  return operation(route, {
    status: 200,
    query: listQuery,
    answer: whole,
    handle(call) {
      const {
        page,
        per_page,
        sort: sorting,
        name,
        label_selector,
        ...rest
      } = call.query;
      // Types cannot be sorted, yet clients ask for it.
      const keys =
        sort.length === 0
          ? []
          : sorting.map(
              text => parseSortKey(text, sort) ?? refuseSort(text, sort),
            );
      const requirements = selector(label_selector);
      const wanted = Object.entries(filters).flatMap(([filter, value]) => {
        const values = oneOrMore.safeParse(rest[filter]);
        return values.success ? [{ value, values: values.data }] : [];
      });
      const selected = [...items(call)].filter(
        item =>
          call.cloud.isListed(item.id) &&
          (name === undefined || item.name === name) &&
          matchesLabels(requirements, item.labels ?? {}) &&
          wanted.every(({ value, values }) =>
            values.includes(String(value(item))),
          ),
      );
      const sorted = sortBy(
        selected,
        keys,
        (item, field) => item[field] as string | number | null,
      );
      const { items: shown, pagination } = paginate(
        sorted,
        page,
        Math.min(per_page, MAX_PER_PAGE),
      );
      return {
        [key]: shown.map(item => view(item, call)),
        meta: { pagination },
      };
    },
  });
}

function refuseSort(text: string, fields: readonly string[]): never {
  throw invalidField(
    'sort',
    `'${text}' is none of ${fields.join(', ')}, with :asc or :desc`,
  );
}

function selector(text: string | undefined): Requirement[] {
  try {
    return parseLabelSelector(text ?? '');
  } catch (error) {
    if (error instanceof LabelSelectorError) {
      throw invalidField('label_selector', error.message);
    }
    throw error;
  }
}

/** Declares the reading of one resource. */
export function getOperation<Item, Answer>(
  route: Route,
  definition: {
    /** Key of the resource in the answer. */
    key: string;
    find: (call: Call) => Item | undefined;
    view: (item: Item, call: Call) => Answer;
    answer: z.ZodType<Answer>;
  },
): Operation {
  const { key, find, view, answer } = definition;
  const whole: z.ZodType<unknown> = z.object({ [key]: answer });
  return operation(route, {
    status: 200,
    answer: whole,
    handle(call) {
      const item = find(call);
      if (!item) throw errors.notFound(key, call.id);
      return { [key]: view(item, call) };
    },
  });
}
