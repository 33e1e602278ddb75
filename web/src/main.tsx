import 'virtual:theme.css';
import './styles.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { renew } from './api/auth';
import { cache } from './api/queries';
import { session } from './api/session';
import { show } from './i18n';
import { router } from './router';
import { preferences } from './shell/preferences';
import { theme } from './theme';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');

await Promise.all([show(preferences.get().language), session.start(renew)]);
preferences.subscribe(() => void show(preferences.get().language));

createRoot(root).render(
  <StrictMode>
    {/* The variables and the classes are in the stylesheet: the page may hold no style of its own. */}
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={cache}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
