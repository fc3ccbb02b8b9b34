@socotra @lists
Feature: Lists

  @SO-LIST-01 @must
  Rule: The offset counts items, and a page holds no more than it was asked for
    Source: socotra-users, fetchMultipleUsers, fetchMultipleBasicUsers, fetchMultipleRoles; socotra-lists, paging

    @safe
    Scenario Outline: A page from the middle of <operation>
      Given at least 4 items in <operation>
      When the administrator calls <operation> from item 1 for 3 items
      Then the page has at most 3 items
      And it is items 1 to 4 of the list

      Examples:
        | operation               |
        | fetchMultipleUsers      |
        | fetchMultipleBasicUsers |
        | fetchMultipleRoles      |

    @safe
    Scenario Outline: The first page of <operation>
      Given at least 2 items in <operation>
      When the administrator calls <operation> from item 0 for 2 items
      Then the page has at most 2 items
      And it is items 0 to 2 of the list

      Examples:
        | operation               |
        | fetchMultipleUsers      |
        | fetchMultipleBasicUsers |
        | fetchMultipleRoles      |

    @safe
    Scenario: A page that is read twice
      Given at least 5 items in fetchMultipleUsers
      When the administrator calls fetchMultipleUsers from item 1 for 4 items
      And the administrator calls fetchMultipleUsers from item 1 for 4 items
      Then it is items 1 to 5 of the list

  @SO-LIST-02 @must
  Rule: The pages together hold everything exactly once
    Source: socotra-users, fetchMultipleUsers, fetchMultipleBasicUsers, fetchMultipleRoles; socotra-lists, paging

    Scenario Outline: New users in pages of <count> of <operation>
      Given a user "ann"
      And a user "bob"
      When the administrator reads every page of <operation> by <count>
      Then the pages hold "ann, bob" once each
      And the pages hold nothing twice
      And pages of 60 hold the same

      Examples:
        | operation               | count |
        | fetchMultipleUsers      | 50    |
        | fetchMultipleBasicUsers | 50    |
        | fetchMultipleBasicUsers | 33    |

    Scenario Outline: New roles in pages of <count>
      Given a role "one" that permits "users.list"
      And a role "two" that permits "users.list"
      When the administrator reads every page of fetchMultipleRoles by <count>
      Then the pages hold "one, two" once each
      And the pages hold nothing twice
      And pages of 100 hold the same

      Examples:
        | count |
        | 1     |
        | 3     |
        | 4     |

  @SO-LIST-03 @must
  Rule: After a page that says that the list is complete nothing follows
    Source: socotra-users, fetchMultipleUsers, fetchMultipleBasicUsers, fetchMultipleRoles; socotra-lists, paging

    @safe
    Scenario Outline: A short page of <operation>
      Given at least 2 items in <operation>
      When the administrator calls <operation> from item 0 for 1 items
      Then each page tells whether anything follows

      Examples:
        | operation               |
        | fetchMultipleUsers      |
        | fetchMultipleBasicUsers |
        | fetchMultipleRoles      |

    @safe
    Scenario Outline: Pages around the end of <operation>
      When the administrator reads pages of <operation> around its end
      Then each page tells whether anything follows

      Examples:
        | operation               |
        | fetchMultipleUsers      |
        | fetchMultipleBasicUsers |
        | fetchMultipleRoles      |

    @safe
    Scenario Outline: Beyond the end of <operation>
      When the administrator calls <operation> beyond its end
      Then the page is empty and the last

      Examples:
        | operation               |
        | fetchMultipleUsers      |
        | fetchMultipleBasicUsers |
        | fetchMultipleRoles      |

  @SO-LIST-04 @should
  Rule: The brief list says who there is, and not what they may do
    Source: socotra-users, fetchMultipleBasicUsers

    Scenario: A new user that has everything
      Given a user "ann" with every property
      When the administrator reads every page of fetchMultipleBasicUsers by 100
      Then the pages hold "ann" once each
      And the items have no "roles, permissions, tenants, email"

  @SO-LIST-05 @must @safe
  Rule: The brief list gives at least as many at once as the full one
    Source: socotra-users, fetchMultipleBasicUsers

    Scenario Outline: <count> users at once
      Given at least 20 items in fetchMultipleUsers
      When the administrator calls fetchMultipleUsers from item 0 for <count> items
      And the administrator calls fetchMultipleBasicUsers from item 0 for <count> items
      Then the second holds no fewer items than the first

      Examples:
        | count |
        | 20    |
        | 100   |
        | 1000  |

  @SO-LIST-06 @should @safe
  Rule: A list holds the same items in every form in which it is asked for
    Source: socotra-lists, extended

    Scenario Outline: A page of <operation>, with and without an envelope
      Given at least 3 items in <operation>
      When the administrator reads a page of <operation> in every form
      Then every form holds the same items

      Examples:
        | operation               |
        | fetchMultipleUsers      |
        | fetchMultipleBasicUsers |
        | fetchMultipleRoles      |
