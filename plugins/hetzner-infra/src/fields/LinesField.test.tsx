import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Wizard } from '../__testUtils__/Wizard';
import plugin from '../plugin';
import { LinesField } from './LinesField';

it('holds one text a line, without the empty ones, and lets them be typed', async () => {
  renderInTestApp(
    <Wizard
      fields={[{ name: 'HetznerLines', component: LinesField }]}
      properties={{
        ranges: {
          title: 'Ranges',
          description: 'Who may come in.',
          type: 'array',
          items: { type: 'string' },
          'ui:field': 'HetznerLines',
        },
      }}
      initial={{ ranges: ['10.0.0.0/8'] }}
    />,
    { features: [plugin] },
  );
  const field = await screen.findByRole('textbox', { name: 'Ranges' });
  expect(field).toHaveValue('10.0.0.0/8');
  await userEvent.type(field, '{Enter}{Enter} 203.0.113.7/32');
  expect(field).toHaveValue('10.0.0.0/8\n\n 203.0.113.7/32');
  expect(screen.getByText(/Who may come in. One a line./)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Review' }));
  expect(await screen.findByText('10.0.0.0/8')).toBeVisible();
  expect(screen.getByText('203.0.113.7/32')).toBeVisible();
});
