import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CONNECTION_CHECK_CODES,
  NOT_CANCELLABLE_CODES,
  NOTE_CODES,
  PHRASE_CODES,
  PROBLEM_TEXTS,
  REFUSAL_CODES,
  WARNING_CODES,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import frenchTexts from './translation/fr';
import { flatten } from './translation/flatten';
import { approval } from './translation/approval';
import { backend } from './translation/backend';
import { change } from './translation/change';
import { orphans } from './translation/orphans';
import { sweeps } from './translation/sweeps';
import { connections } from './translation/connections';
import { create } from './translation/create';
import { createPage } from './translation/createPage';
import { entity } from './translation/entity';
import { environment } from './translation/environment';
import { environments } from './translation/environments';
import { messages } from './translation/messages';
import { operation } from './translation/operation';
import { shared } from './translation/shared';
import { topology } from './translation/topology';

const english = Object.entries(flatten(messages));
const french: Record<string, string> = frenchTexts;

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{.*?\}\}/g)].map(([match]) => match).sort();
}

describe('the texts of the plugin', () => {
  it('stand in French under the same keys', () => {
    expect(Object.keys(french).sort()).toEqual(
      english.map(([key]) => key).sort(),
    );
  });

  it.each(english)(
    'fill the same values into %s in both languages',
    (key, text) => {
      expect(placeholders(french[key])).toEqual(placeholders(text));
      expect(french[key].trim()).not.toBe('');
    },
  );

  it('are written once: no two areas hold the same group', () => {
    const groups = [
      approval,
      backend,
      change,
      orphans,
      sweeps,
      connections,
      create,
      createPage,
      entity,
      environment,
      environments,
      operation,
      shared,
      topology,
    ].flatMap(area => Object.keys(area));

    expect(groups).toEqual([...new Set(groups)]);
    expect(groups.sort()).toEqual(Object.keys(messages).sort());
  });

  it.each<[string, readonly string[]]>([
    ['phrase', PHRASE_CODES],
    ['note', NOTE_CODES],
    ['problem', Object.keys(PROBLEM_TEXTS)],
    ['warning', WARNING_CODES],
    ['refusal', REFUSAL_CODES],
    ['connectionCheck', CONNECTION_CHECK_CODES],
    ['notCancellable', NOT_CANCELLABLE_CODES],
  ])('have one for each %s that the backend tells', (group, codes) => {
    // French has the same keys. A text may depend on a value, below its code.
    const keys = english.map(([key]) => key);
    const without = codes.filter(
      code =>
        !keys.some(
          key =>
            key === `${group}.${code}` || key.startsWith(`${group}.${code}.`),
        ),
    );
    expect(without).toEqual([]);
  });

  it('are all used', () => {
    const sources = readdirSync(__dirname, {
      recursive: true,
      encoding: 'utf8',
    }).filter(
      file =>
        /\.tsx?$/.test(file) &&
        !/\.test\.|^__testUtils__|^translation/.test(file),
    );
    const literals = new Set<string>();
    const patterns: RegExp[] = [];
    for (const file of sources) {
      const text = readFileSync(join(__dirname, file), 'utf8');
      for (const [, literal] of text.matchAll(/'([\w.-]+)'/g)) {
        literals.add(literal);
      }
      // A key that is put together, such as `step.${state}`.
      for (const [, made] of text.matchAll(
        /`([A-Za-z]+\.[^`\s]*\$\{[^`]*)`/g,
      )) {
        const [first, ...rest] = made.split(/\$\{[^}]*(?:\}|$)/);
        patterns.push(
          new RegExp(
            `^${[first, ...rest]
              .map(part => part.replace(/\./g, '\\.'))
              .join('.+')}$`,
          ),
        );
      }
    }
    const unused = english
      .map(([key]) => key.replace(/_(one|other)$/, ''))
      .filter(
        key =>
          !literals.has(key) && !patterns.some(pattern => pattern.test(key)),
      );
    expect(unused).toEqual([]);
  });
});
