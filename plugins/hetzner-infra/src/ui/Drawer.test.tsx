import { renderInTestApp } from '@backstage/frontend-test-utils';
import { Button } from '@backstage/ui';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { Drawer } from './Drawer';
import { useSearchParam } from './useSearchParam';

function Page() {
  const [step, setStep] = useSearchParam('step');
  return (
    <>
      <Button onPress={() => setStep('web-1')}>Open web-1</Button>
      <output>{useLocation().search}</output>
      <Drawer
        isOpen={step !== undefined}
        onClose={() => setStep(undefined)}
        title={`Step ${step}`}
        footer={<Button>Retry</Button>}
      >
        What happened to {step}
      </Drawer>
    </>
  );
}

const open = () =>
  userEvent.click(screen.getByRole('button', { name: 'Open web-1' }));

describe('Drawer', () => {
  it('opens by the URL that its user keeps, and names itself', async () => {
    renderInTestApp(<Page />, { initialRouteEntries: ['/?tab=a&step=web-2'] });
    expect(
      await screen.findByRole('dialog', { name: 'Step web-2' }),
    ).toHaveTextContent('What happened to web-2');
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(screen.getByRole('status')).toHaveTextContent('?tab=a');
  });

  it('keeps the focus inside and gives it back', async () => {
    renderInTestApp(<Page />);
    await open();
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toContainElement(document.activeElement as HTMLElement);
    for (let press = 0; press < 4; press += 1) {
      await userEvent.tab();
      expect(dialog).toContainElement(document.activeElement as HTMLElement);
    }
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Open web-1' })).toHaveFocus(),
    );
    expect(screen.getByRole('status')).toHaveTextContent('');
  });
});
