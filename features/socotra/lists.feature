@socotra @lists
Feature: Lists

  @SO-LIST-01 @must
  Rule: The offset counts items, and a page holds no more than it was asked for
    Source: 003_07598e8054470ed4.txt, fetchMultipleUsers, fetchMultipleBasicUsers and fetchMultipleRoles, parameters offset and count

    @safe
    Scenario Outline: A page from the middle of <operation>
      Given at least 5 items in <operation>
      When the administrator calls <operation> from item 2 for 3 items
      Then the page has at most 3 items
      And it is items 2 to 5 of the list

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
    Scenario: The same page twice
      Given at least 5 items in fetchMultipleUsers
      When the administrator calls fetchMultipleUsers from item 1 for 4 items
      And the administrator calls fetchMultipleUsers from item 1 for 4 items
      Then it is items 1 to 5 of the list

  @SO-LIST-02 @must
  Rule: The pages together hold everything exactly once
    Source: 003_07598e8054470ed4.txt, fetchMultipleUsers, fetchMultipleBasicUsers and fetchMultipleRoles

    Scenario Outline: New users in <operation>
      Given a user "ann"
      And a user "bob"
      When the administrator reads every page of <operation> by 50
      Then the pages hold "ann, bob" once each
      And the pages hold nothing twice
      And pages of 60 hold the same

      Examples:
        | operation               |
        | fetchMultipleUsers      |
        | fetchMultipleBasicUsers |

    Scenario: New roles
      Given a role "one" that permits "users.list"
      And a role "two" that permits "users.list"
      When the administrator reads every page of fetchMultipleRoles by 3
      Then the pages hold "one, two" once each
      And the pages hold nothing twice
      And pages of 100 hold the same

  @SO-LIST-03 @must
  Rule: After a page that says that the list is complete nothing follows
    Source: 003_07598e8054470ed4.txt, UserListResponse, BasicUserListResponse and RoleListResponse, property listCompleted

    @safe
    Scenario Outline: A short page of <operation>
      Given at least 2 items in <operation>
      When the administrator calls <operation> from item 0 for 1 items
      Then nothing follows the page if it says so

      Examples:
        | operation               |
        | fetchMultipleUsers      |
        | fetchMultipleBasicUsers |
        | fetchMultipleRoles      |

    @safe
    Scenario Outline: The end of <operation>
      When the administrator reads every page of <operation> by 100
      Then the page is the last
      And nothing follows the page if it says so

      Examples:
        | operation               |
        | fetchMultipleBasicUsers |
        | fetchMultipleRoles      |

    @safe
    Scenario Outline: Beyond the end of <operation>
      When the administrator calls <operation> beyond its end
      Then the page is empty and the last

      Examples:
        | operation               |
        | fetchMultipleBasicUsers |
        | fetchMultipleRoles      |

  @SO-LIST-04 @should @safe
  Rule: The brief list says who there is, and not what they may do
    Source: 003_07598e8054470ed4.txt, fetchMultipleBasicUsers, BasicUserResponse

    Scenario: A page of it
      When the administrator calls fetchMultipleBasicUsers from item 0 for 20 items
      Then the items have no "roles, permissions, tenants, email"
      And the items have "locator, userName"

  @SO-LIST-05 @must @safe
  Rule: The brief list gives at least as many at once as the full one
    Source: 003_07598e8054470ed4.txt, fetchMultipleBasicUsers

    Scenario Outline: <count> at once
      When the administrator calls fetchMultipleUsers from item 0 for <count> items
      And the administrator calls fetchMultipleBasicUsers from item 0 for <count> items
      Then the second holds no fewer items than the first

      Examples:
        | count |
        | 100   |
        | 1000  |
