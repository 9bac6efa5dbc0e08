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
});
