import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

/** Form fields for templates: quote, choices from the provider's catalogue, and the typed name. */
export default createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [
    FormFieldBlueprint.make({
      name: 'hetzner-quote',
      params: {
        field: async () =>
          (await import('./HetznerQuote/QuoteField')).quoteField,
      },
    }),
    FormFieldBlueprint.make({
      name: 'hetzner-change-quote',
      params: {
        field: async () =>
          (await import('./HetznerQuote/ChangeQuoteField')).changeQuoteField,
      },
    }),
    FormFieldBlueprint.make({
      name: 'hetzner-changed-environment',
      params: {
        field: async () =>
          (await import('./ChangedEnvironmentField')).changedEnvironmentField,
      },
    }),
    FormFieldBlueprint.make({
      name: 'hetzner-pools',
      params: {
        field: async () => (await import('./PoolsField')).poolsField,
      },
    }),
    FormFieldBlueprint.make({
      name: 'hetzner-connection',
      params: {
        field: async () => (await import('./ConnectionField')).connectionField,
      },
    }),
    FormFieldBlueprint.make({
      name: 'hetzner-object-storage',
      params: {
        field: async () =>
          (await import('./ConnectionField')).objectStorageField,
      },
    }),
    FormFieldBlueprint.make({
      name: 'hetzner-owner',
      params: {
        field: async () => (await import('./OwnerField')).ownerField,
      },
    }),
    FormFieldBlueprint.make({
      name: 'hetzner-lines',
      params: {
        field: async () => (await import('./LinesField')).linesField,
      },
    }),
    FormFieldBlueprint.make({
      name: 'hetzner-expiry',
      params: {
        field: async () => (await import('./ExpiryField')).expiryField,
      },
    }),
    FormFieldBlueprint.make({
      name: 'hetzner-location',
      params: {
        field: async () => (await import('./LocationField')).locationField,
      },
    }),
    FormFieldBlueprint.make({
      name: 'hetzner-server-type',
      params: {
        field: async () => (await import('./ServerTypeField')).serverTypeField,
      },
    }),
    FormFieldBlueprint.make({
      name: 'hetzner-load-balancer-type',
      params: {
        field: async () =>
          (await import('./LoadBalancerTypeField')).loadBalancerTypeField,
      },
    }),
    FormFieldBlueprint.make({
      name: 'hetzner-environment',
      params: {
        field: async () =>
          (await import('./EnvironmentField')).environmentField,
      },
    }),
    FormFieldBlueprint.make({
      name: 'typed-name-confirmation',
      params: {
        field: async () =>
          (await import('./TypedNameConfirmation')).typedNameConfirmation,
      },
    }),
  ],
});
