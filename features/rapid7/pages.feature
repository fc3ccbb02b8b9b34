@rapid7 @pages
Feature: Pages of users

  @R7-PAGE-01 @must @safe
  Rule: Pages are numbered from zero and hold at most as many users as asked
    Source: insightvm-api, getUsers

    Scenario: The first page
      Given at least 4 users
      When the administrator lists page 0 with 3 users a page
      Then the page holds 3 users
      And it is page 0
      And the page is where the list begins

    Scenario: The second page
      Given at least 4 users
      When the administrator lists page 1 with 2 users a page
      Then the page holds 2 users
      And it is page 1
      And the page follows page 0 of 2 users

  @R7-PAGE-02 @must @safe
  Rule: The pages together hold every user exactly once
    Source: insightvm-api, getUsers

    Scenario Outline: Pages of <size>
      When the administrator reads every page of <size>
      Then the pages hold every user once

      Examples:
        | size                         |
        | 7 users                      |
        | 25 users                     |
        | as many users as there are   |
        | one user fewer than there are |
        | one user more than there are |

    Scenario: Pages of 7 users in descending order of their ids
      When the administrator reads every page of 7 users sorted by "id,DESC"
      Then the pages hold every user once

  @R7-PAGE-03 @must @safe
  Rule: A page's totals agree with what the pages hold
    Source: insightvm-api, getUsers

    Scenario Outline: A page of <size> users
      When the administrator lists page 0 with <size> users a page
      Then its size is at most <size>
      And the page's totals agree with the list

      Examples:
        | size |
        | 1    |
        | 7    |
        | 500  |

  @R7-PAGE-04 @must
  Rule: Sorting ascends unless told otherwise and follows several criteria in order
    Source: insightvm-api, getUsers

    @safe
    Scenario Outline: Every page sorted by <criteria>
      Given at least 4 users
      When the administrator reads every page of 7 users sorted by "<criteria>"
      Then the users come sorted by "<criteria>"

      Examples:
        | criteria   |
        | id         |
        | id,ASC     |
        | id,DESC    |
        | login      |
        | login,DESC |

    Scenario Outline: Users that are alike, sorted by <criteria>
      Given 3 users with the same name
      And a disabled user "dan"
      When the administrator reads every page of 500 users sorted by "<criteria>"
      Then the users come sorted by "<criteria>"
      And the second criterion of "<criteria>" orders users that are alike in the first

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
      When the administrator lists page 0 with 3 users a page
      Then the page has the links "first, self, next, last", each leading where it says

    Scenario: The links of a page in the middle
      Given at least 7 users
      When the administrator lists page 1 with 3 users a page
      Then the page has the links "first, prev, self, next, last", each leading where it says

    Scenario: The links of the last of several pages
      Given at least 4 users
      When the administrator lists the last page with 3 users a page
      Then the page has the links "first, prev, self, last", each leading where it says

  @R7-PAGE-06 @observed @safe
  Rule: Ten users a page unless asked, never more than 500, and nothing beyond the end
    Source: insightvm-overview, paging

    Scenario: A page when nothing is asked
      Given at least 10 users
      When the administrator calls getUsers
      Then it is page 0
      And it is of size 10
      And the page holds 10 users

    Scenario: A page larger than the largest
      When the administrator lists page 0 with 501 users a page
      Then its size is at most 500

    Scenario: A page beyond the last
      When the administrator lists a page beyond the last
      Then the request is refused with 404

  @R7-PAGE-07 @must @safe
  Rule: Every listed user reads back by its id
    Source: insightvm-api, getUsers, getUser

    Scenario: The users of the first page
      When the administrator calls getUsers
      Then each of the list reads back by getUser
