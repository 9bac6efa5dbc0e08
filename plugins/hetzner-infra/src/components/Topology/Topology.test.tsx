import { renderInTestApp } from '@backstage/frontend-test-utils';
import { RiCheckLine } from '@remixicon/react';
import { parseEnvironmentDocument } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { sampleEnvironment } from '../../__testUtils__/samples';
import plugin from '../../plugin';
import { Topology } from './Topology';
import { topologyOf, type Topology as TopologyModel } from './topology';

function sample(count: number, spec: object = {}): TopologyModel {
  const { document } = sampleEnvironment();
  const parsed = parseEnvironmentDocument({
    ...document,
    spec: { ...(document.spec as object), ...spec },
  });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return topologyOf(
    parsed.environment,
    Array.from({ length: count }, (_, index) => ({
      key: `web-${index + 1}`,
      pool: 'web',
      serverType: 'cx43',
    })),
  );
}

const render = (props: Partial<Parameters<typeof Topology>[0]> = {}) =>
  renderInTestApp(
    <Topology name="xpeditis-prod" topology={sample(2)} {...props} />,
    { features: [plugin] },
  );

const drawing = () =>
  screen.findByRole('group', { name: 'Topology of xpeditis-prod' });

describe('Topology', () => {
  it('says its lines in words', async () => {
    render({
      topology: sample(2, { data: { postgres: { mode: 'neon' } } }),
    });
    const list = within(await drawing()).getByRole('list', {
      name: 'Connections',
    });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      'Internet to Load balancer, port 443',
      'Load balancer to Workers web, port 80',
      'Workers web to Control plane, port 6443',
      'Workers web to PostgreSQL, port 5432',
    ]);
  });

  it('says a box’s state in words and shows two figures', async () => {
    render({
      states: {
        'web-1': {
          status: { tone: 'green', icon: RiCheckLine, word: 'Running' },
          figures: [
            { label: 'CPU', value: '42 %' },
            { label: 'Memory', value: '6.1 GiB' },
            { label: 'Cost', value: '€15.49' },
          ],
        },
      },
      onSelect: () => {},
    });
    const box = within(await drawing()).getByRole('button', { name: /web-1/ });
    expect(box).toHaveTextContent('Running');
    expect(box).toHaveTextContent('CPU: 42 %');
    expect(box).toHaveTextContent('Memory: 6.1 GiB');
    expect(box).not.toHaveTextContent('€15.49');
  });

  it('opens a box by keyboard and shows which one is open', async () => {
    const onSelect = jest.fn();
    render({ onSelect, selected: 'web-2' });
    const box = within(await drawing()).getByRole('button', { name: /web-1/ });
    box.focus();
    await userEvent.keyboard('{Enter}');
    expect(onSelect).toHaveBeenCalledWith('web-1');
    expect(screen.getByRole('button', { name: /web-2/ })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  it('draws a crowded group as squares that keep their names', async () => {
    render({ topology: sample(30), onSelect: () => {} });
    expect(
      within(await drawing()).getAllByRole('button', { name: /^web-\d+$/ }),
    ).toHaveLength(30);
  });

  it('tells what this version does not create', async () => {
    render({ topology: sample(2, { data: { redis: { mode: 'upstash' } } }) });
    expect(within(await drawing()).getByTitle(/^Redis/)).toHaveAttribute(
      'title',
      'Redis · Upstash · Not created by this version',
    );
  });
});
