-- The release of the column version, which is in lower case and trimmed. A version is one of four things:
-- 1. Not reported: missing, empty, "unknown" or "undefined".
-- 2. A development build: of the branch main or master, of a branch with the number of the build at the end (main-107,
--    pr7966-0), an unvalidated or snapshot build, or a release 0.x, which Spinnaker does not have.
-- 3. A release: it begins with two numbers, which may follow a "v" and zeros (v1.30.4 and 01.30 are 1.30).
-- 4. Not a release: everything else. The numbers of a release have four digits at most, because longer ones could carry free
--    text.
--
-- The third argument of REGEXP_EXTRACT is the start position in GoogleSQL and the group in DuckDB; 1 is right for both. If
-- nothing matches, GoogleSQL returns NULL and DuckDB an empty string.
CASE
  WHEN version IN ('', 'unknown', 'undefined', 'null') THEN '(not reported)'
  WHEN NULLIF(REGEXP_EXTRACT(version, '(^v?0*0[.]|^main$|^master$|^branch:|unvalidated$|snapshot$)', 1), '') IS NOT NULL
    THEN '(development build)'
  WHEN NULLIF(REGEXP_EXTRACT(version, '^v?0*([0-9]{1,4}[.](?:0|[1-9][0-9]{0,3}))(?:[^0-9]|$)', 1), '') IS NOT NULL
    THEN NULLIF(REGEXP_EXTRACT(version, '^v?0*([0-9]{1,4}[.](?:0|[1-9][0-9]{0,3}))(?:[^0-9]|$)', 1), '')
  WHEN NULLIF(REGEXP_EXTRACT(version, '(-[0-9]+)$', 1), '') IS NOT NULL THEN '(development build)'
  ELSE '(not a release)'
END
