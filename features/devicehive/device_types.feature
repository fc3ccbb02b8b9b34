@devicehive @device-types
Feature: Device types of users

  @DH-TYPE-01 @must
  Rule: Allowing all device types lists them all
    Source: devicehive-user, allowAllDeviceTypes, getDeviceTypes

    Scenario: All device types for a user who had none
      Given a user "bob"
      And a user "ann"
      And a user "cid"
      And a device type "lamp"
      And "ann" has no device types
      And "bob" has no device types
      And "cid" has no device types
      When the administrator grants all device types to "ann"
      Then it succeeds
      And "ann" has every device type

    Scenario: All device types, allowed and no longer allowed, three times
      Given a user "ann"
      And a device type "lamp"
      And "ann" has no device types
      When the administrator grants all device types to "ann"
      Then "ann" has every device type
      When the administrator no longer allows all device types to "ann"
      Then "ann" has no device types
      When the administrator grants all device types to "ann"
      Then "ann" has every device type
      When the administrator no longer allows all device types to "ann"
      Then "ann" has no device types
      When the administrator grants all device types to "ann"
      Then "ann" has every device type
      When the administrator no longer allows all device types to "ann"
      Then "ann" has no device types

    Scenario: A device type that is made later
      Given a user "ann"
      And "ann" has all device types
      When the administrator creates the device type "lamp"
      Then "ann" has every device type

  @DH-TYPE-02 @must
  Rule: No longer allowing all leaves what is assigned
    Source: devicehive-user, disallowAllDeviceTypes, getDeviceTypes

    Scenario: A user to whom no device type is assigned
      Given a user "bob"
      And a user "ann"
      And a user "cid"
      And a device type "lamp"
      And "ann" has all device types
      And "bob" has all device types
      And "cid" has all device types
      When the administrator no longer allows all device types to "ann"
      Then it succeeds
      And "ann" has no device types

    Scenario: A user to whom one device type is assigned
      Given a user "ann"
      And a device type "lamp"
      And "ann" has the device types "lamp"
      When the administrator no longer allows all device types to "ann"
      Then it succeeds
      And "ann" has exactly the device types "lamp"

  @DH-TYPE-03 @must
  Rule: Device types are assigned and taken away one by one
    Source: devicehive-user, assignDeviceType, unassignDeviceType, getDeviceTypes

    Scenario: One device type after the other, of one of two users who have both
      Given a user "ann"
      And a user "bob"
      And a device type "lamp"
      And a device type "fan"
      And "ann" has the device types "lamp" and "fan"
      And "bob" has the device types "lamp" and "fan"
      When the administrator revokes the device type "lamp" from "ann"
      Then "ann" has exactly the device types "fan"
      And "bob" has exactly the device types "lamp" and "fan"
      When the administrator revokes the device type "fan" from "ann"
      Then "ann" has no device types
      And "bob" has exactly the device types "lamp" and "fan"

    Scenario: A second device type for a user
      Given a user "ann"
      And a user "bob"
      And a device type "lamp"
      And a device type "fan"
      And "ann" has the device types "lamp"
      And "bob" has no device types
      When the administrator grants the device type "fan" to "ann"
      Then it succeeds
      And "ann" has exactly the device types "lamp" and "fan"
      And "bob" has no device types

    Scenario: One of two device types is taken away
      Given a user "ann"
      And a device type "lamp"
      And a device type "fan"
      And "ann" has the device types "lamp" and "fan"
      When the administrator revokes the device type "lamp" from "ann"
      Then it succeeds
      And "ann" has exactly the device types "fan"

    Scenario: A device type that is assigned already
      Given a user "ann"
      And a device type "lamp"
      And "ann" has the device types "lamp"
      When the administrator grants the device type "lamp" to "ann"
      Then it is refused or has no effect
      And "ann" has exactly the device types "lamp"

    Scenario: Three device types, and the second taken away twice
      Given a user "ann"
      And a device type "lamp"
      And a device type "fan"
      And a device type "door"
      And "ann" has no device types
      When the administrator changes the device types of "ann" in turn
        | grants  | lamp | lamp               |
        | grants  | fan  | lamp and fan       |
        | grants  | door | lamp, fan and door |
        | revokes | fan  | lamp and door      |
        | revokes | fan  | lamp and door      |
      Then each change of the device types of "ann" is as the table says

  @DH-TYPE-04 @should
  Rule: A device type that does not exist answers 404
    Source: devicehive-user, assignDeviceType, unassignDeviceType

    Scenario Outline: It is 404 when the administrator <does> "ann"
      Given an equipped user "ann"
      When the administrator <does> "ann"
      Then it is refused as unknown
      And nothing has changed

      Examples:
        | does                                   |
        | grants the device type "unknown" to    |
        | revokes the device type "unknown" from |

  @DH-TYPE-05 @observed
  Rule: Single device types are neither assigned nor taken away while all are allowed
    Source: java-server, user

    Scenario Outline: The administrator <does> a user who may use all
      Given a user "ann"
      And a device type "lamp"
      And "ann" has all device types
      When the administrator <does> "ann"
      Then it is refused as forbidden
      And "ann" has every device type

      Examples:
        | does                                |
        | grants the device type "lamp" to    |
        | revokes the device type "lamp" from |

  @DH-TYPE-06 @observed
  Rule: Allowing all device types takes the single ones away
    Source: java-server, user

    Scenario: A user with one device type may use all, and then no longer
      Given a user "ann"
      And a device type "lamp"
      And "ann" has the device types "lamp"
      When the administrator grants all device types to "ann"
      Then "ann" has every device type
      When the administrator no longer allows all device types to "ann"
      Then it succeeds
      And "ann" has no device types
