import { CloseButton, SegmentedControl, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client';
import { replaces } from '../../api/problem';
import { useRemembered } from '../../shell/remembered';
import { announce } from '../../ui/announce';
import { BusyButton } from '../../ui/BusyButton';
import { withIsoDates } from '../../ui/dates';
import { useFormats } from '../../ui/format';
import { IconSearch } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { ProblemView } from '../../ui/ProblemView';
import { EmptyState, Loading } from '../../ui/states';
import { useDebounced } from '../../ui/useDebounced';
import { useNewPatientShortcut } from '../patients/NewPatientButton';
import { Hit } from './Hit';
import { RecentPatients } from './RecentPatients';
import { isSearchable } from './words';

const pageSize = 20;
/** How long the typing must rest before it is searched, in milliseconds. */
const rest = 150;

/** The search over patients and studies. What is searched stands in the history's state, never in an address. */
export function SearchHome() {
  const { t } = useTranslation();
  const { type = 'all' } = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const [typed, setTyped] = useSearchedText();
  const [, remember] = useRemembered();
  const words = useDebounced(typed.trim(), rest);
  useNewPatientShortcut();
  return (
    <>
      <PageHeader title={t('search.title')}>{t('search.title')}</PageHeader>
      <search className="search">
        <TextInput
          id="search"
          type="search"
          size="md"
          label={t('search.label')}
          description={t('search.hint')}
          value={typed}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          data-before-rows
          leftSection={<IconSearch size={20} aria-hidden />}
          rightSection={typed && <CloseButton aria-label={t('search.clear')} onClick={() => setTyped('')} />}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setTyped('');
          }}
        />
        <SegmentedControl
          aria-label={t('search.type')}
          value={type}
          data={(['all', 'patient', 'study'] as const).map((value) => ({ value, label: t(`search.type_${value}`) }))}
          onChange={(value) =>
            void navigate({
              search: value === 'patient' || value === 'study' ? { type: value } : {},
              state: remember({ q: typed }),
              replace: true,
            })
          }
        />
      </search>
      {isSearchable(words) ? <Results words={words} type={type} /> : <RecentPatients short={words !== ''} />}
    </>
  );
}

/** The text of the search: what is typed, kept in the entry of the history so that back and forward find it. */
function useSearchedText(): [string, (text: string) => void] {
  const navigate = useNavigate({ from: '/' });
  const [{ q: kept = '' }, remember] = useRemembered();
  const [typed, setTyped] = useState(kept);
  const written = useRef(kept);
  const still = useDebounced(typed, rest);
  useEffect(() => {
    if (kept === written.current) return;
    written.current = kept;
    setTyped(kept);
  }, [kept]);
  useEffect(() => {
    if (still === written.current) return;
    written.current = still;
    void navigate({ search: true, state: remember({ q: still }), replace: true, resetScroll: false });
  }, [still, navigate, remember]);
  return [typed, setTyped];
}

/** What is searched, as the contract has it. */
const wanted = (words: string, type: string) => ({
  q: withIsoDates(words),
  ...(type === 'all' ? {} : { type }),
});

function useResults(words: string, type: string) {
  return useInfiniteQuery({
    queryKey: ['search', words, type],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.POST('/api/search', {
          body: { ...wanted(words, type), limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: (before) => before,
  });
}

/** How many hits there are, counted while the first of them are read already: counting takes longer than finding twenty. */
function useTotal(words: string, type: string, isMore: boolean) {
  return useQuery({
    queryKey: ['search total', words, type],
    queryFn: ({ signal }) =>
      body(api.POST('/api/search', { body: { ...wanted(words, type), limit: 1, count: 'bounded' }, signal })),
    enabled: isMore,
  }).data;
}

function Results({ words, type }: { words: string; type: string }) {
  const { t } = useTranslation();
  const { data, error, isPlaceholderData, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = useResults(
    words,
    type,
  );
  const { number } = useFormats();
  const hits = data?.pages.flatMap((page) => page.items) ?? [];
  const isMore = data?.pages[0]?.next_cursor != null && !isPlaceholderData;
  const counted = useTotal(words, type, isMore);
  const total = isMore ? (counted?.total ?? hits.length) : hits.length;
  const isExact = isMore ? counted?.total_relation === 'eq' : !hasNextPage;
  const count = t(isExact ? 'search.results' : 'search.at_least', { count: total, formatted: number(total) });
  const isCounted = data !== undefined && !isPlaceholderData && (!isMore || counted !== undefined);
  useEffect(() => {
    if (isCounted) announce(count);
  }, [isCounted, count]);
  // A page without hits that is not the last: the server had not looked through everything yet.
  const goesOn = hits.length === 0 && hasNextPage && !isPlaceholderData;
  useEffect(() => {
    if (goesOn && !isFetchingNextPage) void fetchNextPage();
  }, [goesOn, isFetchingNextPage, fetchNextPage]);
  if (replaces(error, data)) return <ProblemView error={error} onRetry={() => void refetch()} />;
  if (!data || goesOn) return <Loading />;
  if (hits.length === 0 && !isPlaceholderData) {
    return <EmptyState title={t('search.none')}>{t('search.none_text')}</EmptyState>;
  }
  return (
    <section aria-label={t('search.title')} aria-busy={isPlaceholderData}>
      <p className="dimmed count">{count}</p>
      <ol className="hits">
        {hits.map((hit) => (
          <Hit key={`${hit.type} ${hit.id}`} hit={hit} words={words} />
        ))}
      </ol>
      {error && <ProblemView error={error} onRetry={() => void refetch()} />}
      {hasNextPage && (
        <BusyButton variant="default" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('search.more')}
        </BusyButton>
      )}
    </section>
  );
}
