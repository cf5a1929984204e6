#!/usr/bin/env bash
# What a pull request that changes prices is answered with: annotations, pricing tests, a comment.
#
#   BASE     the branch that the change is meant for
#   CATALOG  the catalog's directory
#   PUBLIC   "true" leaves costs and margins out of the comment
#   COMMENT  the file the comment is written to
#   PLANQL   the command; found on PATH, when left out
#   AS_OF    the instant at which versions are in force; now, when left out
#
# Everything runs, whatever was wrong before; the step fails when anything was.
set -uo pipefail

: "${BASE:?}" "${CATALOG:?}" "${COMMENT:?}"
planql=${PLANQL:-planql}
public=()
[ "${PUBLIC:-true}" = "true" ] && public=(--public)
as_of=()
[ -n "${AS_OF:-}" ] && as_of=(--as-of "$AS_OF")

"$planql" validate "$CATALOG" --base "$BASE" --format github ${as_of[@]+"${as_of[@]}"}
problems=$?

"$planql" test "$CATALOG"
cases=$?

"$planql" comment "$BASE..." --catalog "$CATALOG" --output "$COMMENT" \
  ${public[@]+"${public[@]}"} ${as_of[@]+"${as_of[@]}"}
guardrails=$?

if [ -s "$COMMENT" ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  cat "$COMMENT" >> "$GITHUB_STEP_SUMMARY"
fi
if [ "$problems$cases$guardrails" != "000" ]; then
  echo "not to be merged as it is: validate $problems, test $cases, comment $guardrails" >&2
  exit 1
fi
