import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
} from '@backstage/core-components';
import {
  NavContentBlueprint,
  type NavContentNavItem,
  type NavContentNavItems,
} from '@backstage/plugin-app-react';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import { RiMenuLine } from '@remixicon/react';
import { Brand } from './Brand';

const NavigationItem = ({ icon, href, title }: NavContentNavItem) => (
  <SidebarItem icon={() => icon} to={href} text={title} />
);

/** What people come for stands first; every other installed page follows by title. */
const NavigationContent = ({ navItems }: { navItems: NavContentNavItems }) => {
  const items = navItems.withComponent(NavigationItem);
  const settings = items.take('page:user-settings');
  navItems.take('page:catalog-graph'); // Entities lead to it.
  return (
    <Sidebar>
      <Brand />
      <SidebarDivider />
      <SidebarGroup label="Menu" icon={<RiMenuLine />}>
        {items.take('page:hetzner-infra')}
        {items.take('page:scaffolder')}
        {items.take('page:catalog')}
        {items.take('page:api-docs')}
        {items.rest({ sortBy: 'title' })}
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <SidebarGroup
        label="Settings"
        icon={<UserSettingsSignInAvatar />}
        to="/settings"
      >
        {settings}
      </SidebarGroup>
    </Sidebar>
  );
};

export const navigation = NavContentBlueprint.make({
  params: { component: NavigationContent },
});
