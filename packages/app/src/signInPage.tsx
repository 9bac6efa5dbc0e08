import { SignInPage } from '@backstage/core-components';
import {
  configApiRef,
  githubAuthApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import {
  SignInPageBlueprint,
  type SignInPageProps,
} from '@backstage/plugin-app-react';

const github = {
  id: 'github',
  title: 'GitHub',
  message: 'Sign in with your GitHub account',
  apiRef: githubAuthApiRef,
};

/** Guests exist in the local configuration only: its backend is the one that answers for them. */
const PortalSignInPage = (props: SignInPageProps) => {
  const local =
    useApi(configApiRef).getOptionalString('auth.environment') ===
    'development';
  return local ? (
    <SignInPage {...props} providers={['guest']} align="center" />
  ) : (
    <SignInPage {...props} provider={github} />
  );
};

export const signInPage = SignInPageBlueprint.make({
  params: { loader: async () => PortalSignInPage },
});
