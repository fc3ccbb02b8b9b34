@rapid7 @pages
Feature: Pages of users

  @R7-PAGE-01 @must @safe
  Rule: Pages are numbered from zero and hold at most as many users as asked
    Source: 000_ed3294674eb9bc89.txt, getUsers, parameters page and size

    Scenario: The first page
      Given at least 4 users
      When the administrator lists page 0 with 3 users a page
      Then the page holds at most 3 users
      And it is page 0
      And the page is where the list begins

    Scenario: The second page
      Given at least 4 users
      When the administrator lists page 1 with 3 users a page
      Then the page holds at most 3 users
      And it is page 1
      And the page follows page 0 of 3 users

  @R7-PAGE-02 @must @safe
  Rule: The pages together hold every user exactly once
    Source: 000_ed3294674eb9bc89.txt, getUsers

    Scenario Outline: <size> users a page
      When the administrator reads every page with <size> users a page
      Then the pages hold every user once

      Examples:
        | size |
        | 7    |
        | 25   |

  @R7-PAGE-03 @should @safe
  Rule: A page's totals agree with what the pages hold
    Source: 000_ed3294674eb9bc89.txt, getUsers, PageInfo

    Scenario Outline: <size> users a page
      When the administrator lists page 0 with <size> users a page
      Then it is of size <size>
      And the page's totals agree with the list

      Examples:
        | size |
        | 1    |
        | 7    |
        | 500  |

  @R7-PAGE-04 @must @safe
  Rule: Sorting ascends unless told otherwise and follows several criteria in order
    Source: 000_ed3294674eb9bc89.txt, getUsers, parameter sort

    Scenario Outline: By <criteria>
      Given at least 4 users
      When the administrator lists the users sorted by "<criteria>"
      Then the request succeeds
      And the users come sorted by "<criteria>"

      Examples:
        | criteria             |
        | id                   |
        | id,ASC               |
        | id,DESC              |
        | login                |
        | login,DESC           |
        | name,ASC and id,DESC |
        | enabled and id,DESC  |

  @R7-PAGE-05 @observed @safe
  Rule: A page links to the others as far as they exist
    Source: recorded answers of consoles 6.6, paged lists

    Scenario: The first of several
      Given at least 4 users
      When the administrator lists page 0 with 3 users a page
      Then the page has the links "first, self, next, last", each leading where it says

    Scenario: One in the middle
      Given at least 7 users
      When the administrator lists page 1 with 3 users a page
      Then the page has the links "first, prev, self, next, last", each leading where it says

    Scenario: The last of several
      Given at least 4 users
      When the administrator lists the last page with 3 users a page
      Then the page has the links "first, prev, self, last", each leading where it says

  @R7-PAGE-06 @observed @safe
  Rule: Ten users a page unless asked, never more than 500, and nothing beyond the end
    Source: the vendor's overview of the API, paging

    Scenario: Nothing asked
      When the administrator lists the users
      Then it is page 0
      And it is of size 10
      And the page holds at most 10 users

    Scenario: Too many asked
      When the administrator lists page 0 with 501 users a page
      Then its size is at most 500

    Scenario: Beyond the last page
      When the administrator lists a page beyond the last
      Then the request is refused with 404
