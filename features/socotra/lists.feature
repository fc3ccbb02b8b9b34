@socotra @lists @alone
Feature: Lists

  @SO-LIST-01 @must
  Rule: The offset counts items, and a page holds no more than it was asked for
    Source: socotra-users, fetchMultipleUsers, fetchMultipleBasicUsers, fetchMultipleRoles; socotra-lists, paging

    @safe
    Scenario Outline: A page from the middle of the <things>
      Given at least 4 <things>
      When the administrator lists 3 <things> from item 1
      Then the page holds 3 <things>
      And the page is where it belongs in the list

      Examples:
        | things      |
        | users       |
        | brief users |
        | roles       |

    @safe
    Scenario Outline: The first page of the <things>
      Given at least 2 <things>
      When the administrator lists 2 <things> from item 0
      Then the page holds 2 <things>
      And the page is where it belongs in the list

      Examples:
        | things      |
        | users       |
        | brief users |
        | roles       |

    @safe
    Scenario: A page that is read twice
      Given at least 5 users
      When the administrator lists 4 users from item 1
      And the administrator lists 4 users from item 1
      Then the page holds 4 users
      And the page is where it belongs in the list

  @SO-LIST-02 @must
  Rule: The pages together hold everything exactly once
    Source: socotra-users, fetchMultipleUsers, fetchMultipleBasicUsers, fetchMultipleRoles; socotra-lists, paging

    Scenario Outline: New users in pages of <size> of the <things>
      Given a user "ann"
      And a user "bob"
      When the administrator reads every page of the <things> with <size> a page
      Then the pages hold every user once

      Examples:
        | things      | size |
        | users       | 50   |
        | users       | 7    |
        | brief users | 50   |
        | brief users | 33   |

    Scenario Outline: New roles in pages of <size>
      Given a role "one"
      And a role "two"
      When the administrator reads every page of the roles with <size> a page
      Then the pages hold every role once

      Examples:
        | size |
        | 1    |
        | 3    |
        | 4    |

  @SO-LIST-03 @must
  Rule: After a page that says that the list is complete nothing follows
    Source: socotra-users, fetchMultipleUsers, fetchMultipleBasicUsers, fetchMultipleRoles; socotra-lists, paging

    @safe
    Scenario Outline: A short page of the <things>
      Given at least 2 <things>
      When the administrator lists 1 <things> from item 0
      Then each page tells whether anything follows

      Examples:
        | things      |
        | users       |
        | brief users |
        | roles       |

    @safe
    Scenario Outline: The last page of the <things> with <count> a page
      Given at least 3 <things>
      When the administrator lists the last page of the <things> with <count> a page
      Then each page tells whether anything follows

      Examples:
        | things      | count |
        | users       | 1     |
        | users       | 2     |
        | users       | 7     |
        | brief users | 1     |
        | brief users | 2     |
        | brief users | 7     |
        | roles       | 1     |
        | roles       | 2     |
        | roles       | 7     |

    @safe
    Scenario Outline: Every page of the <things> with <size> a page
      Given at least 3 <things>
      When the administrator reads every page of the <things> with <size> a page
      Then each page tells whether anything follows

      Examples:
        | things      | size                     |
        | users       | as many as there are     |
        | users       | one fewer than there are |
        | users       | one more than there are  |
        | brief users | as many as there are     |
        | brief users | one fewer than there are |
        | brief users | one more than there are  |
        | roles       | 2                        |
        | roles       | as many as there are     |
        | roles       | one fewer than there are |
        | roles       | one more than there are  |

    @safe
    Scenario Outline: Beyond the end of the <things>
      When the administrator lists a page beyond the last of the <things> with 5 a page
      Then the page holds 0 <things>
      And each page tells whether anything follows

      Examples:
        | things      |
        | users       |
        | brief users |
        | roles       |

  @SO-LIST-04 @should
  Rule: The brief list says who there is, and not what they may do
    Source: socotra-users, fetchMultipleBasicUsers

    Scenario: A new user that has everything
      Given an equipped user "ann"
      When the administrator reads every page of the brief users with 100 a page
      Then the pages hold every brief user once
      And no item of the list shows "roles", "permissions", "tenants" and "email"

  @SO-LIST-05 @must @safe
  Rule: The brief list gives at least as many at once as the full one
    Source: socotra-users, fetchMultipleBasicUsers

    Scenario Outline: <count> users at once
      Given at least 20 users
      When the administrator lists <count> users from item 0
      And the administrator lists <count> brief users from item 0
      Then the second list holds no fewer than the first

      Examples:
        | count |
        | 20    |
        | 100   |
        | 1000  |

  @SO-LIST-06 @should @safe
  Rule: A list holds the same items in every form in which it is asked for
    Source: socotra-lists, extended

    Scenario Outline: A page of the <things>, with and without an envelope
      Given at least 3 <things>
      When the administrator lists the <things> with
        | offset   | 0    |
        | count    | 10   |
        | extended | true |
      And the administrator lists the <things> with
        | offset   | 0     |
        | count    | 10    |
        | extended | false |
      And the administrator lists the <things> with
        | offset | 0  |
        | count  | 10 |
      Then every list holds the same

      Examples:
        | things      |
        | users       |
        | brief users |
        | roles       |
