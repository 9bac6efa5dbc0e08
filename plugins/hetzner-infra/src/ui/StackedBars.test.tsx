import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StackedBars } from './StackedBars';

const euro = (value: number) => `€${value.toFixed(2)}`;

function chart() {
  render(
    <StackedBars
      label="Cost by day"
      columns={[
        { full: '1 November', short: '1' },
        { full: '2 November', short: '2' },
        { full: '3 November', short: '3' },
      ]}
      series={[
        { key: 'web', label: 'Workers', values: [1, 1.5, 1.5] },
        { key: 'lb', label: 'Load balancer', values: [0.25, 0.25, 0] },
      ]}
      totals={{ label: 'November', values: ['€4.00', '€0.50'], sum: '€4.50' }}
      format={euro}
      formatTick={euro}
    />,
  );
  return screen.getByRole('slider', { name: 'Cost by day' });
}

describe('StackedBars', () => {
  it('stands at the totals until a column is chosen', () => {
    chart();
    expect(screen.getByRole('figure')).toHaveTextContent('November€4.50');
    expect(
      screen.getAllByRole('listitem').map(({ textContent }) => textContent),
    ).toEqual(['Load balancer€0.50', 'Workers€4.00']);
  });

  it('tells the values of a day by the keys, and goes back with Escape', async () => {
    const slider = chart();
    await userEvent.tab();
    expect(slider).toHaveFocus();
    await userEvent.keyboard('{Home}');
    expect(slider).toHaveAttribute('aria-valuetext', '1 November: €1.25');
    await userEvent.keyboard('{ArrowRight}');
    expect(slider).toHaveAttribute('aria-valuetext', '2 November: €1.75');
    expect(screen.getByRole('figure')).toHaveTextContent('Workers€1.50');
    await userEvent.keyboard('{End}{ArrowRight}');
    expect(slider).toHaveAttribute('aria-valuenow', '3');
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('figure')).toHaveTextContent('November€4.50');
  });

  it('tells the values of the day under the pointer', () => {
    const slider = chart();
    slider.getBoundingClientRect = () => ({ left: 100, width: 300 } as DOMRect);
    fireEvent.pointerMove(slider, { clientX: 250 });
    expect(screen.getByRole('figure')).toHaveTextContent('2 November€1.75');
    fireEvent.pointerLeave(slider);
    expect(screen.getByRole('figure')).toHaveTextContent('November€4.50');
  });
});
