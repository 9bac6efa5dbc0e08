export const pluginId = 'hetzner-infra';
