#!/usr/bin/env bash
# Post the comment of a checked pull request, or bring the earlier one up to date.
#
#   REPOSITORY  owner/name
#   RUN         the workflow run that uploaded the comment
#   COMMIT      the commit that it checked
#   GH_TOKEN    may read the artefacts and write comments
#
# What was uploaded comes from the pull request and is not trusted: it is only ever read as text.
set -euo pipefail

: "${REPOSITORY:?}" "${RUN:?}" "${COMMIT:?}"
marker='<!-- planql:catalog -->'
largest=65536

answer=$(mktemp -d)
trap 'rm -rf "$answer"' EXIT
if ! gh run download "$RUN" --repo "$REPOSITORY" --name planql-comment --dir "$answer"; then
  echo "the run left no comment" >&2
  exit 0
fi

number=$(head -c 20 "$answer/number")
if ! [[ $number =~ ^[1-9][0-9]{0,9}$ ]]; then
  echo "that is no number of a pull request" >&2
  exit 1
fi
head=$(gh api "repos/$REPOSITORY/pulls/$number" --jq .head.sha)
if [ "$head" != "$COMMIT" ]; then
  echo "pull request $number is at another commit: what was checked is out of date" >&2
  exit 0
fi
if ! [ -s "$answer/comment.md" ]; then
  echo "the check wrote no comment; its log says why" >&2
  exit 0
fi
if ! [[ $(head -n 1 "$answer/comment.md") == "$marker" ]]; then
  echo "that is not a comment of planql" >&2
  exit 1
fi
if [ "$(LC_ALL=C.UTF-8 wc -m < "$answer/comment.md")" -ge "$largest" ]; then
  echo "the comment is too long to be posted" >&2
  exit 1
fi

earlier=$(
  gh api --paginate "repos/$REPOSITORY/issues/$number/comments" --jq \
    ".[] | select(.user.type == \"Bot\" and (.body | startswith(\"$marker\"))) | .id" | head -n 1
)
if [ -n "$earlier" ]; then
  gh api --method PATCH "repos/$REPOSITORY/issues/comments/$earlier" \
    --field body=@"$answer/comment.md" --silent
else
  gh api --method POST "repos/$REPOSITORY/issues/$number/comments" \
    --field body=@"$answer/comment.md" --silent
fi
