"""The operations on stored customers that their tests ask, as a client would write them."""

ERROR = "... on UserError { __typename code message hint path }"
PREVIEW = """
  at effectiveAt ratePlan version emptyBecause token expiresAt
  invoices { lines { id amount { amount } } total { amount } }
  lines { id kind amount { amount } }
  net { amount currency }
  amountsDue { amount currency }
  upcomingInvoice { at emptyBecause amountsDue { amount } }
"""
CHANGED = f"""... on ChangedSubscription {{
  subscription {{ key state version ratePlan cancelsAt discounts {{ discount }} }}
  preview {{ {PREVIEW} }} }}"""
STALE = f"... on StalePreviewError {{ reason preview {{ {PREVIEW} }} }}"

CREATE = f"""mutation M($customer: CustomerInput!) {{
  createCustomer(customer: $customer)
  {{ ... on Customer {{ key timeZone balances {{ amount }} }} {ERROR} }} }}"""
SUBSCRIBE = f"""mutation M($customer: String!, $subscription: NewSubscriptionInput!) {{
  createSubscription(customer: $customer, subscription: $subscription) {{ {CHANGED} {ERROR} }} }}"""
CHANGE = f"""mutation M($change: SubscriptionChangeInput!, $token: String) {{
  changeSubscription(customer: "acme", change: $change, token: $token)
  {{ {CHANGED} {STALE} {ERROR} }} }}"""
CANCEL = f"""mutation M($effective: EffectiveTime!, $token: String) {{
  cancelSubscription(customer: "acme", effective: $effective, token: $token)
  {{ {CHANGED} {STALE} {ERROR} }} }}"""
SIMPLE = f'mutation M {{ %s(customer: "acme") {{ {CHANGED} {ERROR} }} }}'
REDEEM = f"""mutation M($discount: DiscountInput!) {{
  redeemDiscount(customer: "acme", discount: $discount) {{ {CHANGED} {ERROR} }} }}"""
ADJUST = f"""mutation M($amount: Decimal!, $reason: String!) {{
  addAdjustment(customer: "acme", amount: $amount, reason: $reason) {{ {CHANGED} {ERROR} }} }}"""
PREVIEW_CHANGE = f"""
query Q($change: SubscriptionChangeInput!, $customer: String, $story: StoryInput) {{
  previewChange(change: $change, customer: $customer, story: $story)
  {{ ... on ChangePreview {{ {PREVIEW} }} {ERROR} }} }}"""
PREVIEW_CANCELLATION = f"""
query Q($effective: EffectiveTime!, $customer: String, $story: StoryInput) {{
  previewCancellation(effective: $effective, customer: $customer, story: $story)
  {{ ... on ChangePreview {{ {PREVIEW} }} {ERROR} }} }}"""
CUSTOMER = f"""query Q($key: String!) {{ customer(key: $key) {{ ... on Customer {{
  key timeZone balances {{ amount currency }}
  subscriptions {{
    key state ratePlan version plan {{ name }} quantities {{ name quantity }} startedAt trialEndsAt
    cancelsAt discounts {{ discount redeemedAt }} period {{ startsOn endsOn startsAt }}
    timeline {{ kind at effective effectiveOn ratePlan version quantities {{ name }} discounts
      amount reason }}
  }}
  currentUsage {{ subscription meter charge quantity includedUnits estimatedAmount {{ amount }}
    cap {{ amount }} period {{ startsOn endsOn }} lines {{ id }} }}
  upcomingInvoice {{ at emptyBecause notices amountsDue {{ amount }}
    invoices {{ lines {{ id quantity amount {{ amount }} }} total {{ amount }} }} }}
  invoices(first: 5) {{ edges {{ node {{ number issuedOn amountDue {{ amount }} }} }} }}
}} {ERROR} }} }}"""
INVOICE = f"""query Q($number: String!) {{ invoice(number: $number) {{ ... on IssuedInvoice {{
  number customer issuedAt issuedOn digest catalogCommit explanation total {{ amount }}
  lines {{ id amount {{ amount }} }} }} {ERROR} }} }}"""

UPGRADE = {"ratePlan": "pro", "quantities": [{"name": "seats", "quantity": "5"}]}
