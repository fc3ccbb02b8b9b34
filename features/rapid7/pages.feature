@rapid7 @pages @alone
Feature: Pages of users

  @R7-PAGE-01 @must @safe
  Rule: Pages are numbered from zero and hold at most as many users as asked
    Source: insightvm-api, getUsers

    Scenario: The first page
      Given at least 4 users
      When the administrator lists page 0 of the users with 3 a page
      Then the page holds 3 users
      And it is page 0 of size 3
      And the page is where it belongs in the list

    Scenario: The second page
      Given at least 4 users
      When the administrator lists page 1 of the users with 2 a page
      Then the page holds 2 users
      And it is page 1 of size 2
      And the page is where it belongs in the list

  @R7-PAGE-02 @must @safe
  Rule: The pages together hold every user exactly once
    Source: insightvm-api, getUsers

    Scenario Outline: Pages with <size> users
      When the administrator reads every page of the users with <size> a page
      Then the pages hold every user once

      Examples:
        | size                     |
        | 7                        |
        | 25                       |
        | as many as there are     |
        | one fewer than there are |
        | one more than there are  |

    Scenario: Pages of 7 users in descending order of their ids
      When the administrator reads every page of the users with 7 a page, sorted by "id,DESC"
      Then the pages hold every user once

  @R7-PAGE-03 @must
  Rule: A page's totals agree with what the pages hold
    Source: insightvm-api, getUsers

    @safe
    Scenario Outline: A page of <size> users
      When the administrator lists page 0 of the users with <size> a page
      Then the page holds at most <size> users, if any
      And the page's totals agree with the list

      Examples:
        | size |
        | 1    |
        | 7    |
        | 500  |

    Scenario: A page after a user was made
      When the administrator creates the user "ann"
      And the administrator lists page 0 of the users with 7 a page
      Then the page's totals agree with the list

  @R7-PAGE-04 @must
  Rule: Sorting ascends unless told otherwise and follows several criteria in order
    Source: insightvm-api, getUsers

    @safe
    Scenario Outline: Every page sorted by <criteria>
      Given at least 4 users
      When the administrator reads every page of the users with 7 a page, sorted by "<criteria>"
      Then the list is sorted by "<criteria>"

      Examples:
        | criteria   |
        | id         |
        | id,ASC     |
        | id,DESC    |
        | login      |
        | login,DESC |

    Scenario Outline: Users that are alike, sorted by <criteria>
      Given users "ann", "bob" and "cid" with
        | name | Alike (tag) |
      And a disabled user "dan"
      When the administrator reads every page of the users with 500 a page, sorted by "<criteria>"
      Then the list is sorted by "<criteria>"

      Examples:
        | criteria                 |
        | name,ASC and id,DESC     |
        | name,DESC and id         |
        | enabled and id,DESC      |
        | enabled,DESC and id,DESC |

  @R7-PAGE-05 @observed @safe
  Rule: A page links to the others as far as they exist
    Source: console-answers, pages

    Scenario: The links of the first of several pages
      Given at least 4 users
      When the administrator lists page 0 of the users with 3 a page
      Then the answer has the links "first, self, next, last", each leading where it says

    Scenario: The links of a page in the middle
      Given at least 7 users
      When the administrator lists page 1 of the users with 3 a page
      Then the answer has the links "first, prev, self, next, last", each leading where it says

    Scenario: The links of the last of several pages
      Given at least 4 users
      When the administrator lists the last page of the users with 3 a page
      Then the answer has the links "first, prev, self, last", each leading where it says

  @R7-PAGE-06 @observed @safe
  Rule: Ten users a page unless asked, never more than 500, and nothing beyond the end
    Source: insightvm-overview, paging

    Scenario: A page when nothing is asked
      Given at least 10 users
      When the administrator lists the users
      Then it is page 0 of size 10
      And the page holds 10 users

    Scenario: A page larger than the largest
      When the administrator lists page 0 of the users with 501 a page
      Then the page holds at most 500 users, if any

    Scenario: A page beyond the last
      When the administrator lists a page beyond the last of the users with 5 a page
      Then it is refused as unknown

  @R7-PAGE-07 @must @safe
  Rule: Every listed user reads back by its id
    Source: insightvm-api, getUsers, getUser

    Scenario Outline: The users of a page of <size>
      When the administrator lists page 0 of the users with <size> a page
      Then each user of the list reads back by its id

      Examples:
        | size |
        | 10   |
        | 50   |
